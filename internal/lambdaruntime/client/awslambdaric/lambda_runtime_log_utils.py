"""Writes and formats the log of a function."""

import json
import logging
import sys
import time
import traceback


def is_json(log_format):
    return (log_format or "").upper() == "JSON"


class StandardLogSink(object):
    """Writes to stdout, and escapes what stdout cannot encode."""

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        pass

    def log(self, msg, frame_type=None):
        try:
            sys.stdout.write(msg)
        except UnicodeEncodeError:
            msg.encode("utf-8")  # a lone surrogate cannot be written on Lambda either
            sys.stdout.write(msg.encode("ascii", "backslashreplace").decode("ascii"))

    def log_error(self, message_lines):
        self.log("\n".join(message_lines) + "\n")


class Unbuffered(object):
    """A stream without a buffer, because a process may end or be frozen at any time."""

    def __init__(self, stream):
        self.stream = stream

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        pass

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def write(self, text):
        written = self.stream.write(text)
        self.stream.flush()
        return written

    def writelines(self, lines):
        self.stream.writelines(lines)
        self.stream.flush()


class RequestFilter(logging.Filter):
    """Adds the request ID and the tenant to records."""

    def __init__(self):
        super(RequestFilter, self).__init__()
        self.request_id = ""
        self.tenant_id = None

    def filter(self, record):
        record.aws_request_id = self.request_id
        record.tenant_id = self.tenant_id
        return True


class LambdaLoggerHandler(logging.Handler):
    def __init__(self, log_sink):
        super(LambdaLoggerHandler, self).__init__()
        self.log_sink = log_sink

    def emit(self, record):
        try:
            self.log_sink.log(self.format(record))
        except Exception:
            self.handleError(record)


class TextFormatter(logging.Formatter):
    converter = time.gmtime

    def __init__(self):
        super(TextFormatter, self).__init__(
            "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S"
        )

    def format(self, record):
        return super(TextFormatter, self).format(record) + "\n"


class JsonFormatter(logging.Formatter):
    converter = time.gmtime

    # The attributes of a plain record. The function added any others.
    PLAIN = frozenset(vars(logging.LogRecord("", 0, "", 0, "", (), None))) - {"taskName"} | {
        "aws_request_id", "tenant_id",
    }

    def format(self, record):
        record.levelno = min(50, max(0, record.levelno)) // 10 * 10
        record.levelname = logging.getLevelName(record.levelno)
        error_type, error, trace = record.exc_info or (None, None, None)
        entry = {
            "timestamp": self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname,
            "message": record.msg if isinstance(record.msg, dict) and not record.args else record.getMessage(),
            "logger": record.name,
            "stackTrace": traceback.format_tb(trace) if record.exc_info else None,
            "errorType": error_type.__name__ if error_type else None,
            "errorMessage": str(error) if record.exc_info else None,
            "requestId": record.aws_request_id,
            "location": "%s:%s:%s" % (record.pathname, record.funcName, record.lineno) if record.exc_info else None,
        }
        if record.tenant_id is not None:
            entry["tenantId"] = record.tenant_id
        for name, value in vars(record).items():
            if name not in self.PLAIN:
                entry.setdefault(name, value)
        entry = {name: value for name, value in entry.items() if value is not None}
        return json.dumps(entry, ensure_ascii=False, default=str) + "\n"


def set_up(log_sink, log_format, log_level):
    """Sends the root logger's records to the sink, and returns the filter that adds the request ID."""
    request_filter = RequestFilter()
    handler = LambdaLoggerHandler(log_sink)
    handler.setFormatter(JsonFormatter() if is_json(log_format) else TextFormatter())
    handler.addFilter(request_filter)
    root = logging.getLogger()
    root.addHandler(handler)
    level = "DEBUG" if log_level == "TRACE" else (log_level or "").upper()
    if level in logging._nameToLevel:
        root.setLevel(level)
    return request_filter
