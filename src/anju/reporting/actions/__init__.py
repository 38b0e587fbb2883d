"""What is done with reports and with how units head theirs."""
