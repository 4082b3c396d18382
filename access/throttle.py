"""How often somebody may try: counted in the cache that all web processes share, as the limits on logging in are."""

import hashlib
import ipaddress
import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache


@dataclass(frozen=True)
class Limit:
    """So many times in so many seconds. Who tries stands in the cache as a hash."""

    name: str
    amount: int
    seconds: int

    def is_spent(self, who):
        return len(self._times(who)) >= self.amount

    def spend(self, who):
        """Count one; False when it was one too many, and then it is not counted either."""
        times = self._times(who)
        if len(times) >= self.amount:
            return False
        cache.set(self._key(who), [*times, time.time()], self.seconds)
        return True

    def _times(self, who):
        since = time.time() - self.seconds
        return [moment for moment in cache.get(self._key(who), ()) if moment > since]

    def _key(self, who):
        return f"throttle:{self.name}:{hashlib.sha256(who.encode()).hexdigest()}"


def network_of(request):
    """The address, and of IPv6 the /64 that one connection at home has."""
    address = get_adapter().get_client_ip(request)
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if found.version == 6 else address
