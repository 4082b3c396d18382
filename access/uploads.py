"""What somebody sends along with a form stays in memory, and no more of it than may be kept."""

from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class BoundedUploadHandler(FileUploadHandler):
    """All files of one request together up to `UPLOAD_MAX_BYTES`; what is too much is counted and let go.

    Nothing touches the disk before it was looked at, and who sends gigabytes fills neither disk nor memory. A file that
    is longer than its content here (`size` says how long) was too large; a form says so.
    """

    def __init__(self, request=None):
        super().__init__(request)
        self.room = settings.UPLOAD_MAX_BYTES

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.content = BytesIO()

    def receive_data_chunk(self, raw_data, start):
        kept = raw_data[: self.room]
        self.room -= len(kept)
        self.content.write(kept)

    def file_complete(self, file_size):
        self.content.seek(0)
        return InMemoryUploadedFile(
            file=self.content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
