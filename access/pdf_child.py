"""The child process that lays out one PDF: an order as JSON on stdin, the bytes on stdout, the reason as exit code.

Started by path, so that it imports nothing of ours: no settings, no database, no Django."""

import ctypes.util
import gc
import json
import os
import resource
import signal
import sys

# Two names: WeasyPrint takes two files of one family, weight and style for the same file and mixes up their glyphs.
FONT = "Atkinson Hyperlegible Next"
FONT_EXTENDED = f"{FONT} Extended"
SVG = "{http://www.w3.org/2000/svg}svg"
TITLE = "{http://www.w3.org/2000/svg}title"

NO_LIBRARY = 3
NO_MEMORY = 4
OUTSIDE_SOURCE = 5
OUT_OF_TIME = -signal.SIGXCPU  # as subprocess reports a child that a signal ended


REFUSED = {
    "socket.connect",
    "socket.getaddrinfo",
    "socket.sendto",
    "subprocess.Popen",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
}


def main():
    order = json.load(sys.stdin.buffer)
    limit(order["cpu_seconds"], order["memory_bytes"])
    sys.addaudithook(refuse_outside)
    if sys.platform == "linux":
        # Each library is also asked for by its file name; the search before that runs ldconfig, gcc and ld forty times.
        ctypes.util.find_library = lambda name: None
    gc.disable()  # one document and gone: nothing to collect for
    try:
        import weasyprint  # slow, and absent libraries show here: only the child pays and only the child breaks
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError, URLFetcher
    except OSError:
        return NO_LIBRARY
    fetcher = URLFetcher(allowed_protocols=["data"], allow_redirects=False, fail_on_errors=True)
    fonts = FontConfiguration()
    try:
        stylesheets = [
            weasyprint.CSS(string=css, font_config=fonts, url_fetcher=fetcher) for css in order["stylesheets"]
        ]
        html = weasyprint.HTML(string=order["html"], url_fetcher=fetcher)
        describe_drawings(html.etree_element)
        pdf = html.write_pdf(
            stylesheets=stylesheets, font_config=fonts, pdf_variant="pdf/ua-1", pdf_identifier=True, cache={}
        )
    except FatalURLFetchingError:
        return OUTSIDE_SOURCE
    except (MemoryError, RecursionError):
        return NO_MEMORY
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()
    return 0


def describe_drawings(page):
    """Give a drawing the label of the element around it as the <title> that becomes its text alternative."""
    for element in page.iter():
        for drawing in element.findall(SVG):
            # CSS of the page does not reach into a drawing.
            drawing.set("font-family", f"'{FONT}','{FONT_EXTENDED}',sans-serif")
            if drawing.find(TITLE) is None and element.get("aria-label"):
                title = drawing.makeelement(TITLE, {})
                title.text = element.get("aria-label")
                drawing.insert(0, title)


def limit(cpu_seconds, memory_bytes):
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the document


def refuse_outside(event, arguments):
    """A second lock behind the fetcher: no network, no other program."""
    if event in REFUSED:
        raise PermissionError(event)


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)  # the process ends here anyway; freeing a large layout tree first costs time
