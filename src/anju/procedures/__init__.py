"""How a case goes, as data of the policy pack: steps, who acts, what must be there, clocks."""
