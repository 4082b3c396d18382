"""What one accountability PDF of five Reizen costs the child process: `python -m bench.pdf [runs]`."""

import os
import resource
import sys
import time

import django


def main(runs):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wel.settings")
    django.setup()
    from access.pdf import render_pdf
    from tests.reporting import pdf_structure, samples

    document = samples.accountability()
    for run in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        own, wall = time.process_time(), time.perf_counter()
        content = render_pdf("reporting/pdf/accountability.html", {"document": document})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(
            f"run {run + 1}: {cpu:.2f} s CPU in the child, {time.process_time() - own:.2f} s here, "
            f"{time.perf_counter() - wall:.2f} s in all, peak {after.ru_maxrss / 1024:.0f} MB, "
            f"{len(pdf_structure.pages(content))} pages, {len(content) / 1024:.0f} KB"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
