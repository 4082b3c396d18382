"""Several people at the same moment, each on a connection of their own."""

import threading

from django.db import connection


def at_once(*calls):
    """Run the calls together; the exceptions that they raised."""
    barrier, failures = threading.Barrier(len(calls)), []

    def run(call):
        try:
            barrier.wait(timeout=10)
            call()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return failures
