"""责任: plan documents read and confirmed, the tasks and indicators that follow from them."""
