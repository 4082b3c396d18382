"""The invented jeugdigen of the demo, one file per samenwerkingsverband, in the order of their numbers."""

from demo.youths import po2001, po2202, vo2001, vo2202

YOUTHS = (*po2001.YOUTHS, *vo2001.YOUTHS, *po2202.YOUTHS, *vo2202.YOUTHS)
