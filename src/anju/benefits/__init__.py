"""Subsidies (补贴): schemes opened from a policy pack, rolls put together by villages, checked, approved, paid."""
