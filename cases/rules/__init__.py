"""The rules of the work on plain values: no ORM, no request, no clock; ``today`` is always an argument."""
