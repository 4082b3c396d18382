"""The invented jeugdigen of the demo, by samenwerkingsverband, in the order of their numbers."""

from demo.youths import po2001, po2001_others, po2202, vo2001, vo2202

YOUTHS = (*po2001.YOUTHS, *po2001_others.YOUTHS, *vo2001.YOUTHS, *po2202.YOUTHS, *vo2202.YOUTHS)
