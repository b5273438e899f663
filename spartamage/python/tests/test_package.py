"""Unit tests of the Python side, with a C library in place of the one in Go.

Each case imports the package in a new process, as Lambda does.
SPARTA_TEST_PYTHONS lists further interpreters to run every case with.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(HERE)
INTERPRETERS = [sys.executable] + os.environ.get("SPARTA_TEST_PYTHONS", "").split(os.pathsep)
FUNCTIONS = "\n".join("echo metadata nul binary empty fail live credentials typed short panic".split())
COMPILER = os.environ.get("CC", "cc")

# The modules that Lambda's runtime client has loaded before it imports the handler's module.
CLIENT = """
import sys, types, json as _json
def module(name, **attributes):
    m = types.ModuleType(name); vars(m).update(attributes); sys.modules[name] = m; return m
class FaultException(Exception):
    def __init__(self, exception_type, msg, trace=None):
        Exception.__init__(self, msg)
        self.exception_type, self.msg, self.trace = exception_type, msg, trace
class RawJSON(object):
    def __init__(self, encoded_json): self.encoded_json = encoded_json
class Marshaller(object):
    def unmarshal_request(self, request, content_type="application/json"): return _json.loads(request)
    def marshal_response(self, response): return "marshalled", "application/json"
class BaseLambdaRuntimeClient(object):
    marshaller = Marshaller()
    posted = []
    def post_invocation_error(self, invoke_id, error, fault, invocation_id=None): self.posted.append(error)
    def post_invocation_result(self, invoke_id, result, content_type="", invocation_id=None): self.posted.append(result)
class LambdaRuntimeClient(BaseLambdaRuntimeClient): pass
def extract_traceback(tb):
    import traceback
    return [tuple(frame) for frame in traceback.extract_tb(tb)]
logged = []
def log_error(result, sink): logged.append(dict(result))
module("awslambdaric")
module("awslambdaric.lambda_runtime_exception", FaultException=FaultException)
client = module("awslambdaric.lambda_runtime_client")
client.BaseLambdaRuntimeClient, client.LambdaRuntimeClient = BaseLambdaRuntimeClient, LambdaRuntimeClient
loop = module("awslambdaric.bootstrap", extract_traceback=extract_traceback, log_error=log_error)
exec(
    "def handle_event_request(lambda_runtime_client, request_handler, event, context):\\n"
    "    return request_handler(event, context)", vars(loop))
def serve(handler, event): return loop.handle_event_request(None, handler, event, context)
raw = types.SimpleNamespace(RawJSON=RawJSON)
module("awslambdaric.lambda_runtime_marshaller", json=types.SimpleNamespace(raw_json=raw))
"""

CONTEXT = """
import types
context = types.SimpleNamespace(
    aws_request_id="id", invoked_function_arn="arn", _epoch_deadline_time_in_ms=1234, tenant_id=None,
    client_context=None, identity=types.SimpleNamespace(cognito_identity_id=None, cognito_identity_pool_id=None))
"""


class PackageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if shutil.which(COMPILER) is None:
            raise unittest.SkipTest("this machine has no C compiler")
        cls.folder = tempfile.mkdtemp()
        shutil.copy(os.path.join(SOURCE, "index.py"), cls.folder)
        shutil.copytree(os.path.join(SOURCE, "_sparta"), os.path.join(cls.folder, "_sparta"))
        os.mkdir(os.path.join(cls.folder, "bin"))
        source, library = os.path.join(HERE, "fake_library.c"), os.path.join(cls.folder, "bin", "fake.so")
        subprocess.check_call([COMPILER, "-shared", "-fPIC", "-O1", "-o", library, source])
        with open(os.path.join(cls.folder, "_sparta", "library"), "w") as setting:
            setting.write("bin/fake.so\ncredentials\n")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def run_with(self, interpreter, code, env, status=0):
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "_"))}
        environment.setdefault("FAKE_START", FUNCTIONS)
        environment.update(env, PYTHONDONTWRITEBYTECODE="1", PYTHONIOENCODING="utf-8")
        environment.pop("PYTHONPATH", None)
        if "PYTHONPATH" in env:
            environment["PYTHONPATH"] = env["PYTHONPATH"]
        process = subprocess.Popen(
            [interpreter, "-c", code], cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        try:
            out, err = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        self.assertEqual(process.returncode, status, "%s:\n%s" % (interpreter, err.decode("utf-8", "replace")))
        self.said = err.decode("utf-8", "replace")
        return json.loads(out.decode("utf-8")) if status == 0 else out.decode("utf-8")

    def check(self, code, expected, client=True, **env):
        """Runs code that sets `result`, with every interpreter."""
        text = (CLIENT if client else "") + CONTEXT + code + "\nimport json; print(json.dumps(result))"
        for interpreter in filter(None, INTERPRETERS):
            with self.subTest(interpreter=interpreter):
                self.assertEqual(self.run_with(interpreter, text, env), expected)

    def everywhere(self, code, expected, **env):
        """Runs code of the user's, which sets `result`, beside a runtime client and without one."""
        self.check(code, expected, client=False, **env)
        self.check(code, expected, **dict(env, _HANDLER="app.handler"))


class Names(PackageTest):
    def test_a_name_that_the_module_uses_itself(self):
        self.check("import index; result = serve(index.echo, {}).encoded_json", "{}", FAKE_START="_bootstrap\necho")

    def test_a_start_imports_no_more_than_it_needs(self):
        self.check("import index, sys; result = [m for m in sys.modules if m == 'ctypes' or m.startswith('boto')]", [])

    def test_any_name_is_a_function_if_the_application_accepts_any(self):
        self.check(
            "import index, sys\n"
            "any_name = index.empty.__name__ if sys.version_info >= (3, 7) else 'empty'\n"
            "result = [serve(index.echo, b'{}').decode(), any_name, hasattr(index, '_private')]",
            ["{}", "empty", False],
            _HANDLER="index.echo",
            FAKE_START="*",
        )

    def test_only_known_names_are_functions_if_the_application_lists_them(self):
        self.check(
            "import index; result = [hasattr(index, n) for n in ('echo', 'other', 'handler', '__path__')]",
            [True, False, False, False],
            FAKE_START="echo\nfail",
        )

    def test_handler_is_the_only_function(self):
        self.check(
            "import index; result = serve(index.handler, [1]).decode()",
            "[1]",
            FAKE_START="echo",
            _HANDLER="index.handler",
        )

    def test_an_unknown_handler_is_named_with_the_known_ones(self):
        self.check(
            "try:\n import index\nexcept FaultException as e: result = [e.exception_type, e.msg, e.trace]",
            ["Runtime.HandlerNotFound", "the application has no function 'Nope'; it has: A, B", []],
            FAKE_START="B\nA",
            _HANDLER="index.Nope",
        )

    def test_another_module_may_be_the_handler(self):
        self.check(
            "import index; result = serve(index.echo, {}).encoded_json",
            "{}",
            FAKE_START="echo",
            _HANDLER="app.main",
        )


class Payloads(PackageTest):
    def test_responses_are_raw_json(self):
        self.check(
            "import index\n"
            "responses = serve(index.echo, {'a': u'\\u00e9\\ud800'}), serve(index.nul, None)\n"
            "result = [response.encoded_json for response in responses]",
            ['{"a": "\\u00e9\\ud800"}', '"a\x00b"'],
        )

    def test_bytes_that_are_not_text_stay_bytes(self):
        self.check(
            "import index; r = serve(index.binary, None); result = [type(r).__name__, list(r)]",
            ["bytes", [255, 0, 254]],
        )

    def test_an_empty_response_is_empty(self):
        self.check("import index; result = serve(index.empty, None).encoded_json", "")

    def test_a_decimal_is_a_number_with_all_its_digits(self):
        self.everywhere(
            "from decimal import Decimal as D\nimport index\n"
            "digits = '12345678901234567890.12345678901234567890'\n"
            "event = {'a': [D('1.10'), D(digits), D('1E+2'), D('-0')], u'\\u00fc': '1', u'\\ud800': [D(0)]}\n"
            "from _sparta import events; result = events.encode(event).decode()\n"
            "result = [result, index.echo({'a': D('0.5')})]",
            [
                '{"a": [1.10, 12345678901234567890.12345678901234567890, 1E+2, -0], '
                '"\\u00fc": "1", "\\ud800": [0]}',
                {"a": 0.5},
            ],
        )

    def test_a_decimal_of_a_derived_class_is_a_number(self):
        self.everywhere(
            "from decimal import Decimal\nimport index\n"
            "class Price(Decimal):\n"
            " def __str__(self): return '\"EUR\" ' + Decimal.__str__(self)\n"
            "result = index.echo({'price': Price('1.5')})",
            {"price": 1.5},
        )

    def test_an_event_without_json_form_is_an_error(self):
        self.everywhere(
            "import datetime, index\nfrom decimal import Decimal\nresult = []\n"
            "events = [float('inf'), Decimal('NaN'), Decimal('-Infinity'), datetime.datetime.now(), {1}, "
            "{'a': b'b'}, {'a': bytearray(b'b')}, {Decimal(1): 2}, object(), memoryview(b'abcd').cast('i')]\n"
            "for event in events:\n"
            " try: index.echo(event, context)\n"
            " except Exception as e: result.append([type(e).__name__, str(e)[:31], 'base64' in str(e)])",
            [[kind, "the event has no JSON encoding:", base64] for kind, base64 in [
                ("ValueError", False), ("ValueError", False), ("ValueError", False), ("TypeError", False),
                ("TypeError", False), ("TypeError", True), ("TypeError", True), ("TypeError", False),
                ("TypeError", False), ("TypeError", True),
            ]],
        )

    def test_bytes_like_events_are_json_already(self):
        self.everywhere(
            "import array, index, mmap\n"
            "class Text(bytes): pass\n"
            "mapped = mmap.mmap(-1, 2); mapped.write(b'[]')\n"
            "backwards = memoryview(b']1[')[::-1]\n"
            "events = [b'[]', Text(b'[]'), bytearray(b'[]'), memoryview(b'[]'), array.array('B', b'[]'), mapped, "
            "backwards]\n"
            "result = [index.echo(event, context) for event in events]",
            [[]] * 6 + [[1]],
        )

    def test_every_reply_is_freed(self):
        self.check(
            "import index\nfor _ in range(50):\n"
            " index.echo({}, context)\n"
            " try: index.fail({'errorType': 'E', 'errorMessage': 'm'}, context)\n"
            " except Exception: pass\n"
            "result = serve(index.live, {}).encoded_json",
            "0",
        )

    def test_a_reply_without_a_handle_is_not_freed(self):
        self.check(
            "import index\nassert index.short({}, context) == 'here'\nresult = serve(index.live, {}).encoded_json", "0"
        )


class Callers(PackageTest):
    """The runtime client receives Go's bytes; Python code of the package receives plain values, wherever it runs."""

    plain = {
        "echo": {"a": [1.5, None, True, u"\u00fc"]},
        "nul": b'"a\0b"',
        "binary": b"\xff\0\xfe",
        "typed": b"a,b",
    }

    def test_python_code_receives_plain_values(self):
        self.everywhere(
            "import index\n"
            "values = [index.echo(e, context) for e in (%r, [1], u'\\u00fc', 1, 1.5, False, None)]\n"
            "values += [f(None, context) for f in (index.nul, index.binary, index.empty, index.typed)]\n"
            "values += [index.echo(e) for e in (b'NaN', b'[Infinity]', b'{oops', b' {} ')]\n"
            "result = [[type(v).__name__, list(v) if type(v) is bytes else v] for v in values]" % self.plain["echo"],
            [
                ["dict", self.plain["echo"]], ["list", [1]], ["str", u"\u00fc"], ["int", 1], ["float", 1.5],
                ["bool", False], ["NoneType", None], ["bytes", list(self.plain["nul"])],
                ["bytes", list(self.plain["binary"])], ["bytes", []], ["bytes", list(self.plain["typed"])],
                ["bytes", list(b"NaN")], ["bytes", list(b"[Infinity]")], ["bytes", list(b"{oops")], ["dict", {}],
            ],
        )

    def test_each_call_decides_by_its_caller(self):
        code = """
import functools, index, threading
def handler(event, context): return index.echo(event, context)
calls = {
    "a handler without frames": lambda: serve(functools.partial(index.echo), {}),
    "the client": lambda: serve(index.echo, {}),
    "the user's handler": lambda: serve(handler, {}),
    "the client again": lambda: serve(index.echo, {}),
    "Python": lambda: index.echo({}, context),
}
result = {name: type(call()).__name__ for name, call in calls.items()}
ran = []
thread = threading.Thread(target=lambda: ran.append(calls["Python"]()))
thread.start(); thread.join()
result["a thread"] = type(ran[0]).__name__
"""
        want = {
            "the client": "RawJSON", "the client again": "RawJSON", "the user's handler": "dict",
            "a handler without frames": "dict", "Python": "dict", "a thread": "dict",
        }
        self.check(code, want, _HANDLER="app.handler")
        self.check(code, want, _HANDLER="index.echo", AWS_LAMBDA_EXEC_WRAPPER="/opt/wrapper")
        raw = {name: kind.replace("RawJSON", "bytes") for name, kind in want.items()}
        self.check(code, raw, _HANDLER="index.echo")

    def test_a_thread_may_run_the_function_itself(self):
        self.check(
            "import index, threading, _thread\n"
            "done = threading.Event()\n"
            "class Context(object):\n def __del__(self): done.set()  # the thread has ended\n"
            "_thread.start_new_thread(index.echo, ({}, Context()))\n"
            "result = 'ran' if done.wait(60) else 'waited'",
            "ran",
        )
        self.assertEqual(self.said, "")

    def test_a_test_may_make_up_a_context(self):
        self.everywhere(
            "import index, unittest.mock as mock\n"
            "context = mock.MagicMock(aws_request_id='id'), object(), None\n"
            "fields = [index.metadata({}, c).split(b'\\0') for c in context]\n"
            "result = [[len(f), f[0].decode(), f[2].decode()] for f in fields]",
            [[7, "id", ""], [7, "", ""], [7, "", ""]],
        )

    def test_the_modules_may_be_imported_again(self):
        self.everywhere(
            "import importlib, index, sys\nresult = [index.echo(1)]\nindex = importlib.reload(index)\n"
            "result.append(index.echo(2))\n"
            "for name in [n for n in sys.modules if n == 'index' or n.startswith('_sparta')]: del sys.modules[name]\n"
            "import index; result.append(index.echo(3))",
            [1, 2, 3],
        )

    purge = "[sys.modules.pop(n) for n in list(sys.modules) if n.split('.')[0] in ('index', '_sparta')]\n"

    def test_an_import_after_sys_modules_was_cleared_has_the_same_exceptions(self):
        self.everywhere(
            "import index, sys\nfrom index import GoError\nfunctions = [index.fail]\nresult = []\n"
            "for _ in range(2):\n"
            " %s import index; functions.append(index.fail)\n"
            "for function in functions:\n"
            " try: function({'errorType': 'E', 'errorMessage': 'm'}, context)\n"
            " except GoError as e: result.append(isinstance(e, index.GoError))" % self.purge,
            [True, True, True],
        )

    def test_an_import_after_sys_modules_was_cleared_changes_the_client_once(self):
        self.check(
            "import index, sys\nmarshaller = LambdaRuntimeClient.marshaller\n"
            + self.purge + "import index\n"
            "result = [LambdaRuntimeClient.marshaller is marshaller, serve(index.echo, b'{}').decode()]",
            [True, "{}"],
            _HANDLER="index.echo",
        )

    def test_another_package_in_the_process_is_loaded_separately(self):
        self.check(
            "import index, os, shutil, sys, tempfile\nd = tempfile.mkdtemp(); first = index.__file__\n"
            "shutil.copytree('_sparta', os.path.join(d, '_sparta')); shutil.copytree('bin', os.path.join(d, 'bin'))\n"
            "shutil.copy('index.py', d); sys.path[0] = d\n"
            + self.purge + "import index\n"
            "shutil.rmtree(d); result = sys.modules['_sparta'].__file__.startswith(d)",
            True,
        )


class RawPayloads(PackageTest):
    probe = """
import index
m = LambdaRuntimeClient.marshaller
result = [type(m).__name__]
if result[0] == "_RawPayloads":
    event = m.unmarshal_request(b'{"a":"\\xff\\x00"}')
    result.append(list(m.marshal_response(serve(index.echo, event))[0]) == list(event))
    result += [m.marshal_response({})[0], m.marshal_response(b"x")[1]]
"""

    def test_used_for_a_handler_of_the_package(self):
        self.check(self.probe, ["_RawPayloads", True, "marshalled", "application/json"], _HANDLER="index.echo")

    def test_a_response_may_have_a_type_of_its_own(self):
        self.check(
            "import index; body, kind = LambdaRuntimeClient.marshaller.marshal_response(serve(index.typed, b'{}'))\n"
            "result = [body.decode(), kind]",
            ["a,b", "text/csv"],
            _HANDLER="index.typed",
        )

    def test_not_under_an_exec_wrapper(self):
        self.check(self.probe, ["Marshaller"], _HANDLER="index.echo", AWS_LAMBDA_EXEC_WRAPPER="/opt/wrap")

    def test_not_for_another_handler(self):
        self.check(self.probe, ["Payloads"], _HANDLER="app.echo")

    def test_not_beside_a_wrapper_package(self):
        self.check("module('datadog_lambda')\n" + self.probe, ["Marshaller"], _HANDLER="index.echo")

    def test_not_when_the_loop_is_patched(self):
        self.check("loop.handle_event_request = lambda: None\n" + self.probe, ["Marshaller"], _HANDLER="index.echo")


class UnchangedValues(PackageTest):
    """A handler in Python passes the event to Go and returns the response, changed or not."""

    handlers = """
import index, json
def at_once(event, context): return index.echo(event, context)
def kept(event, context):
    answer = index.echo(event, context)
    return answer
def changed_event(event, context):
    event["deep"][0]["a"] = True
    return index.echo(event, context)
def changed_answer(event, context):
    answer = index.echo(event, context)
    answer["deep"][0]["a"] = 1.0
    return answer
def other_event(event, context): return index.echo({"other": event["deep"]}, context)
def wrapped(event, context): return dict(index.echo(event, context))
def inner(event, context): return index.echo(event, context)
def decorated(event, context):
    answer = inner(event, context)
    return type(answer).__name__ + json.dumps(answer)
def finally_counts(event, context):
    try:
        return index.echo(event, context)
    finally:
        seen.append(1)
def mapped(event, context): return list(map(index.echo, [event, event["deep"]]))
def keyed(event, context): return sorted([event, event["deep"]], key=index.echo)
from index import echo
def imported(event, context): return echo(event, context)
def shadowed(event, context): return apply(event, context)
def apply(*events): return [type(index.echo(event)).__name__ for event in events[:1]]
seen = []
def run(request_handler):
    marshaller = client.LambdaRuntimeClient.marshaller
    event = marshaller.unmarshal_request(b'{"deep" : [{"a":1}], "b": 1.10}', "application/json")
    return request_handler, event, marshaller
def posted(handler):
    handler, event, marshaller = run(handler)
    text, kind = marshaller.marshal_response(serve(handler, event))
    return text if isinstance(text, str) else text.decode()
def seen_by(handler):
    "What a function in C that the handler calls sees of Go's responses."
    try: return [type(value).__name__ for value in serve(handler, run(handler)[1])]
    except TypeError as error: return str(error)
"""

    def test_functions_in_c_see_values(self):
        self.check(
            self.handlers + "result = [seen_by(mapped), 'Response' in seen_by(keyed)]",
            [["dict", "list"], False],
            _HANDLER="app.handler",
        )

    # What the client does with an event for a handler.
    answers = """
import functools, index
from index import echo
marshaller = client.LambdaRuntimeClient.marshaller
def answer(request_handler, text):
    event = marshaller.unmarshal_request(text)
    found = marshaller.marshal_response(serve(request_handler, event))
    return [type(event).__name__, found[0] if type(found[0]) is str else found[0].decode(), found[1]]
def attribute(event, context): return index.echo(event, context)
def name(event, context): return echo(event, context)
"""

    def test_a_handler_that_only_passes_on_is_handed_bytes(self):
        self.check(
            self.answers + """
keys = '{"a":{"x":1.10},"a":{"y":2}} '
digits, deep = "1" * 5000, "[" * 100000 + "]" * 100000  # which Python refuses
result = [answer(handler, text.encode()) == ["bytes", text, "application/json"]
          for handler in (attribute, name, index.echo) for text in (keys, digits, deep)]
""",
            [True] * 9,
            _HANDLER="app.handler",
        )

    def test_an_event_of_one_byte_is_not_told_apart_from_others(self):
        self.check(
            self.answers + "result = [answer(attribute, b'1'), answer(attribute, b'12')]",
            [["int", "1", "application/json"], ["bytes", "12", "application/json"]],
            _HANDLER="app.handler",
        )

    def test_names_that_the_application_does_not_list_are_passed_on_to(self):
        self.check(
            "import index, sys\n"
            "if sys.version_info < (3, 7): index.other = index.handler  # no __getattr__ of modules\n"
            "def other(event, context): return index.other(event, context)\n"
            "def kind(request_handler):\n"
            "    return type(client.LambdaRuntimeClient.marshaller.unmarshal_request(b'{}')).__name__\n"
            "result = [kind(other), index.other is index.other]",
            ["bytes", True],
            _HANDLER="app.handler",
            FAKE_START="*",
        )

    def test_a_content_type_of_a_function_that_is_the_handler(self):
        self.check(
            self.answers + "def typed(event, context): return index.typed(event, context)\n"
            "result = [answer(index.typed, b'{}'), answer(typed, b'{}')]",
            [["bytes", "a,b", "text/csv"], ["bytes", "marshalled", "application/json"]],
            _HANDLER="app.handler",
        )

    def test_other_handlers_see_values(self):
        self.check(
            self.answers + """
index.replaced = lambda event, context: seen.append(type(event).__name__)
def replaced(event, context): return index.replaced(event, context)
def swapped(event, context): return index.echo(context, event)
def more(event, context): return index.echo(event, context, 1)
def once_more(event, context): return [index.echo(event, context)]
@functools.wraps(attribute)
def wrapped(event, context): return attribute(event, context)
class Callable(object):
    def __call__(self, event, context): return index.echo(event, context)
class Proxy(object):
    __code__, __globals__ = attribute.__code__, globals()
    def __call__(self, event, context): return attribute(event, context)
module("other", echo=index.echo)
import other
def elsewhere(event, context): return other.echo(event, context)
namesake = lambda event, context: None
namesake.__name__ = "echo"
def named(event, context): return namesake(event, context)
seen = []
def kind(request_handler):
    return type(marshaller.unmarshal_request(b'{}')).__name__
handlers = (replaced, swapped, more, once_more, wrapped, Callable(), Callable().__call__, Proxy(), elsewhere,
            named, functools.partial(index.echo), None)
result = [kind(handler) for handler in handlers] + [kind(attribute)]
serve(replaced, marshaller.unmarshal_request(b"[]"))
result += seen
""",
            ["dict"] * 12 + ["bytes", "list"],
            _HANDLER="app.handler",
        )

    def test_bytes_that_are_not_json_are_not_posted_as_json(self):
        self.check(
            self.handlers + """
def binary(event, context):
    answer = index.binary(event, context)
    return answer
result = posted(binary)
""",
            "marshalled",
            _HANDLER="app.handler",
        )

    def test_a_deep_event_is_the_clients(self):
        self.check(
            "import index\n"
            "marshaller = client.LambdaRuntimeClient.marshaller\n"
            "marshaller._inner.unmarshal_request = lambda request, kind: 'the client'\n"
            "result = marshaller.unmarshal_request(b'[' * 100000 + b']' * 100000)",
            "the client",
            _HANDLER="app.handler",
        )

    def test_only_unchanged_values_are_passed_on_as_they_are(self):
        event = '{"deep" : [{"a":1}], "b": 1.10}'
        encoded = '{"deep": [{"a": true}], "b": 1.1}'
        self.check(self.handlers + """
def scalar(event, context):
    answer = index.echo(b"1.10", context)
    return answer
result = {h.__name__: posted(h) for h in (
    at_once, kept, changed_event, changed_answer, other_event, wrapped, decorated, finally_counts, imported, shadowed,
    scalar)}
""", {
            "at_once": event,
            "kept": event,
            "changed_event": encoded,
            "changed_answer": "marshalled",
            "other_event": '{"other": [{"a": 1}]}',
            "wrapped": "marshalled",
            "decorated": "marshalled",
            "finally_counts": event,
            "imported": event,
            "shadowed": "marshalled",
            "scalar": "1.10",
        }, _HANDLER="app.handler")

    def test_nothing_is_remembered_for_the_next_event(self):
        self.check(
            self.handlers + "from _sparta import unchanged\nposted(kept); posted(at_once)\n"
            "result = [unchanged._event, unchanged._response, unchanged.raw]",
            [None, None, None],
            _HANDLER="app.handler",
        )

    def test_events_that_are_not_json_are_the_clients(self):
        self.check(
            "import index\n"
            "unmarshal = client.LambdaRuntimeClient.marshaller.unmarshal_request\n"
            "result = []\n"
            "for text in (b'{', b'\\xff'):\n"
            "    try: unmarshal(text, 'application/json')\n"
            "    except ValueError as error: result.append(type(error).__name__)",
            ["JSONDecodeError", "UnicodeDecodeError"],
            _HANDLER="app.handler",
        )


class Metadata(PackageTest):
    def test_fields_of_the_context(self):
        self.check(
            "import index, os\n"
            "os.environ['_X_AMZN_TRACE_ID'] = 'Root=1'\n"
            "context.tenant_id = 't'\n"
            "context.identity.cognito_identity_id, context.identity.cognito_identity_pool_id = 'i', 'p'\n"
            "app = types.SimpleNamespace(app_title='T')\n"
            "context.client_context = types.SimpleNamespace(custom={'a': 'b'}, env=None, client=app)\n"
            "fields = serve(index.metadata, {}).encoded_json.split('\\0')\n"
            "import json; result = fields[:5] + [json.loads(f) for f in fields[5:]]",
            [
                "id",
                "arn",
                "1234",
                "Root=1",
                "t",
                {
                    "custom": {"a": "b"},
                    "env": None,
                    "client": {
                        "installation_id": None,
                        "app_title": "T",
                        "app_version_name": None,
                        "app_version_code": None,
                        "app_package_name": None,
                    },
                },
                {"CognitoIdentityID": "i", "CognitoIdentityPoolID": "p"},
            ],
        )

    def test_an_identity_with_only_a_pool(self):
        self.check(
            "import index\n"
            "context.identity.cognito_identity_pool_id = 'p'\n"
            "import json; result = json.loads(serve(index.metadata, {}).encoded_json.split('\\0')[6])",
            {"CognitoIdentityID": None, "CognitoIdentityPoolID": "p"},
        )

    def test_missing_fields_are_empty(self):
        self.check(
            "import index; del context.tenant_id; result = serve(index.metadata, {}).encoded_json.split('\\0')",
            ["id", "arn", "1234", "", "", "", ""],
        )

    def test_without_a_context(self):
        self.check("import index; result = index.metadata({}).decode()", "\0" * 6)

    def test_text_that_is_not_unicode(self):
        self.check(
            "import index, os; os.environ['_X_AMZN_TRACE_ID'] = 'Root=\\udcff'\n"
            "context.aws_request_id = 'id\\ud800'\n"
            "result = [index.metadata({}, c).decode().split('\\0')[3] for c in (None, context)]",
            ["Root=?", "Root=?"],
        )

    def test_a_context_that_only_knows_the_remaining_time(self):
        self.check(
            "import index, time; del context._epoch_deadline_time_in_ms\n"
            "context.get_remaining_time_in_millis = lambda: 5000\n"
            "left = int(serve(index.metadata, {}).encoded_json.split('\\0')[2]) - time.time() * 1000\n"
            "result = 0 < left <= 5000",
            True,
        )

    def test_a_context_without_a_limit_of_time_has_no_deadline(self):
        self.check(
            "import index; del context._epoch_deadline_time_in_ms; result = []\n"
            "for left in (float('inf'), float('nan')):\n"
            " context.get_remaining_time_in_millis = lambda: left\n"
            " result.append(serve(index.metadata, {}).encoded_json.split('\\0')[2])",
            ["", ""],
        )

    def test_a_separator_in_a_made_up_context_is_replaced(self):
        self.check(
            "import index; context.aws_request_id = 'a\\0b'\n"
            "result = serve(index.metadata, {}).encoded_json.split('\\0')[:2]",
            ["a\ufffdb", "arn"],
        )


class Failures(PackageTest):
    document = {
        "errorType": "main.Oops",
        "errorMessage": u"na\u00efve",
        "stackTrace": [
            {"path": "app/inner.go", "line": 7, "label": "main.inner"},
            {"path": "app/main.go", "line": 40, "label": "main.handler"},
        ],
    }

    def test_frames_are_gos_with_the_outermost_first(self):
        if sys.version_info < (3, 8):
            self.skipTest("before Python 3.8 frames cannot be made")
        code = """
import index, traceback
try:
    index.fail(%r, context)
except Exception as e:
    frames = [(f.filename, f.lineno, f.name) for f in traceback.extract_tb(e.__traceback__)]
    result = [type(e).__name__, str(e)] + [f for f in frames if f[0].endswith(".go")]
""" % (self.document,)
        text = CLIENT + CONTEXT + code + "\nimport json; print(json.dumps(result))"
        self.assertEqual(
            self.run_with(sys.executable, text, {}),
            ["main.Oops", u"na\u00efve", ["app/main.go", 40, "main.handler"], ["app/inner.go", 7, "main.inner"]],
        )

    def test_names_that_python_does_not_accept(self):
        frames = [{"path": "a\0.go", "line": 2**31 - 1, "label": "f"}, None, {"path": "b.go", "line": -1, "label": "g"}]
        document = {"errorType": "E\0", "errorMessage": "m", "stackTrace": frames}
        made = [["b.go", 1], [u"a\ufffd.go", 2**31 - 1]] if sys.version_info >= (3, 8) else []
        code = CLIENT + CONTEXT + (
            "import index, traceback\n"
            "try: index.fail(%r, context)\n"
            "except Exception as e: error = e\n"
            "places = [f[:2] for f in traceback.extract_tb(error.__traceback__) if f[0].endswith('.go')]\n"
            "import json; print(json.dumps([type(error).__name__, places]))" % (document,)
        )
        self.assertEqual(self.run_with(sys.executable, code, {}), [u"E\ufffd", made])

    def test_all_errors_are_gos(self):
        code = """
import index
result = []
for document in (%r, {"errorType": "KeyError", "errorMessage": "m"}, {"errorType": "GoError", "errorMessage": "m"},
                 {"errorType": "struct { error }", "errorMessage": ""}, {"errorType": "", "errorMessage": u"\\u00fc"}):
    try:
        index.fail(document, context)
    except KeyError:
        result = "an error of Go is Python's own"
    except index.GoError as e:
        result.append([type(e).__name__, str(e), e.type, e.message, e.stack, isinstance(e, Exception)])
""" % (self.document,)
        d = self.document
        self.everywhere(
            code,
            [
                [d["errorType"], d["errorMessage"], d["errorType"], d["errorMessage"], d["stackTrace"], True],
                ["KeyError", "m", "KeyError", "m", [], True],
                ["GoError", "m", "GoError", "m", [], True],
                ["struct { error }", "", "struct { error }", "", [], True],
                ["", u"\u00fc", "", u"\u00fc", [], True],
            ],
        )

    def test_an_error_can_be_copied_pickled_and_chained(self):
        code = """
import copy, index, pickle
try:
    index.fail(%r, context)
except index.GoError as e:
    error = e
error.note = "n"
copies = [copy.copy(error), copy.deepcopy(error)]
copies += [pickle.loads(pickle.dumps(error, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]
same = all(
    [type(c) is type(error), c.args, c.type, c.message, c.stack, c.note]
    == [True, error.args, error.type, error.message, error.stack, "n"] for c in copies)
try:
    try:
        raise error
    except index.GoError as e:
        raise ValueError("after") from e
except ValueError as e:
    cause = e.__cause__ is error
class Own(index.GoError): pass
own = Own("T", "m")
made = index.GoError("main.Oops", "m")
result = [same, cause, type(own) is Own, type(made) is type(error), [made.type, str(made), made.stack]]
""" % (dict(self.document, errorMessage="m"),)
        self.everywhere(code, [True, True, True, True, ["main.Oops", "m", []]])

    def test_a_function_may_be_called_goerror(self):
        self.check(
            "import index\nfrom _sparta.failure import GoError\n"
            "try: index.fail({'errorType': 'E', 'errorMessage': 'm'})\n"
            "except GoError as e: result = [index.GoError.__name__, type(index.GoError).__name__, e.type]",
            ["GoError", "function", "E"],
            client=False,
            FAKE_START="fail\nGoError",
        )

    def test_an_application_that_accepts_any_name_has_the_exception(self):
        self.check("import index; result = issubclass(index.GoError, Exception)", True, FAKE_START="*")

    def test_a_fault_is_an_error_of_go_too(self):
        self.check(
            "del loop.extract_traceback\n"
            "import index, pickle\ntry:\n index.fail({'errorType': 'E', 'errorMessage': 'm'}, context)\n"
            "except index.GoError as e:\n copy = pickle.loads(pickle.dumps(e))\n"
            " result = [isinstance(e, FaultException), str(e), e.type, e.message, copy.type, str(copy)]",
            [True, "m", "E", "m", "E", "m"],
        )

    def test_an_error_at_the_start_is_gos_too(self):
        self.check(
            "try:\n import index\nexcept Exception as e:\n"
            " from _sparta.failure import GoError\n result = [isinstance(e, GoError), type(e).__name__, e.stack]",
            [True, "main.Oops", self.document["stackTrace"]],
            client=False,
            FAKE_START=json.dumps(self.document),
        )

    def test_without_frames_nothing_of_the_shim_shows(self):
        self.check(
            "import index\ntry:\n index.fail({'errorType': 'E', 'errorMessage': 'm'}, context)\n"
            "except Exception as e:\n"
            " frames = loop.extract_traceback(e.__traceback__)\n"
            " result = [type(e).__name__, str(e), [f[0] for f in frames]]",
            ["E", "m", ["<string>"]],
        )

    def test_frames_of_a_client_that_has_no_others_are_left_out(self):
        self.check(
            "import index\n"
            "event = {'errorType': 'E', 'errorMessage': 'm'}\n"
            "call = compile('index.fail(event, context)', '/ric/bootstrap.py', 'exec')\n"
            "try:\n exec(call)\n"
            "except Exception as e: result = loop.extract_traceback(e.__traceback__.tb_next)",
            [],
        )

    def test_errors_of_the_shim_itself_show_their_callers_only(self):
        self.check(
            "import index\nfrom _sparta import reports\nresult = []\n"
            "calls = [lambda: index.echo({1}), lambda: index.echo(float('nan')), lambda: index.Nope]\n"
            "for call in calls:\n"
            " reports._tidy, loop.extract_traceback = None, extract_traceback  # as in a new process\n"
            " try: call()\n"
            " except Exception as e:\n"
            "  frames = loop.extract_traceback(e.__traceback__)\n"
            "  result.append([type(e).__name__, [f[0] for f in frames], e.__suppress_context__])",
            [["TypeError", ["<string>"] * 2, True], ["ValueError", ["<string>"] * 2, True],
             ["AttributeError", ["<string>"] * 2, False]],
            FAKE_START="echo",
        )

    def test_numbers_that_python_does_not_convert(self):
        self.everywhere(
            "import index, sys\nresult = [index.echo(b'1' * 4300) > 0]\n"
            "for event in (b'[' + b'1' * 4301 + b']', [10 ** 4300]):\n"
            " try: index.echo(event, context)\n"
            " except ValueError as e: result.append([str(e).partition(':')[0], '4300' in str(e)])\n"
            "refused = ['the response is JSON that Python does not decode', 'the event has no JSON encoding']\n"
            "has_limit = hasattr(sys, 'get_int_max_str_digits')\n"
            "result = result == [True] + [[text, True] for text in refused if has_limit] or result",
            True,
        )

    def test_a_client_that_does_not_extract_frames_gets_a_fault(self):
        self.check(
            "del loop.extract_traceback\n"
            "import index\ntry:\n index.fail({'errorType': 'E', 'errorMessage': 'm'}, context)\n"
            "except FaultException as e: result = [e.exception_type, e.msg, e.trace]",
            ["E", "m", []],
        )

    def test_an_empty_traceback_is_not_logged(self):
        self.check(
            "import index\ntry:\n index.fail({'errorType': 'E', 'errorMessage': 'm'}, context)\n"
            "except Exception: pass\n"
            "loop.log_error({'errorType': 'E', 'stackTrace': []}, None)\n"
            "loop.log_error({'errorType': 'F', 'stackTrace': ['f']}, None)\n"
            "result = logged",
            [{"errorType": "E"}, {"errorType": "F", "stackTrace": ["f"]}],
        )

    def test_an_error_is_raised_without_the_runtime_client_too(self):
        self.check(
            "import index\ntry:\n index.fail({'errorType': 'E', 'errorMessage': 'm'}, context)\n"
            "except Exception as e: result = [type(e).__name__, str(e)]",
            ["E", "m"],
            client=False,
        )

    def test_an_error_at_the_start(self):
        self.check(
            "try:\n import index\nexcept FaultException as e: result = [e.exception_type, e.msg, e.trace]",
            [
                "main.Oops",
                u"na\u00efve",
                [
                    '  File "app/inner.go", line 7, in main.inner\n',
                    '  File "app/main.go", line 40, in main.handler\n',
                ],
            ],
            FAKE_START=json.dumps(self.document),
        )

    def test_a_library_that_does_not_load(self):
        code = (
            "import os, shutil, tempfile, sys; d = tempfile.mkdtemp()\n"
            "shutil.copytree('_sparta', os.path.join(d, '_sparta')); shutil.copy('index.py', d)\n"
            "sys.path[0] = d\n"
            "try:\n import index\nexcept FaultException as e: error = e\n"
            "shutil.rmtree(d)\n"
            "result = [error.exception_type, error.msg[:22], error.msg.endswith('No such file or directory')]"
        )
        self.check(code, ["OSError", "load the Go library: /", True])
        own = code.replace("FaultException", "OSError").replace("error.exception_type", "type(error).__name__")
        self.check(own.replace("error.msg", "str(error)"), ["OSError", "load the Go library: /", True], client=False)

    def test_a_forked_process_raises_an_error(self):
        self.check(
            "import index, os\nr, w = os.pipe()\n"
            "if os.fork() == 0:\n"
            " try: index.echo({}, context)\n"
            " except RuntimeError as e: os.write(w, str(e)[:33].encode())\n"
            " os._exit(0)\n"
            "os.close(w); os.wait(); result = os.read(r, 100).decode()",
            "a forked process cannot call Go: ",
        )

    def test_a_forked_process_that_imports_the_module_again_raises_it_too(self):
        self.check(
            "import index, os, sys\nr, w = os.pipe()\n"
            "if os.fork() == 0:\n"
            " " + Callers.purge +
            " import index\n"
            " try: index.echo({}, context)\n"
            " except RuntimeError as e: os.write(w, str(e)[:33].encode())\n"
            " os._exit(0)\n"
            "os.close(w); os.wait(); result = os.read(r, 100).decode()",
            "a forked process cannot call Go: ",
        )


class Panics(PackageTest):
    call = """
import index
client = LambdaRuntimeClient()
def call(message):
    index.panic({"errorType": "string", "errorMessage": message}, context)
def posts(message):
    client.post_invocation_error("id", _json.dumps({"errorType": "string", "errorMessage": message}), "")
def caught(message):
    try: call(message)
    except Exception: pass
"""

    def ends(self, code, status, said):
        text = CLIENT + CONTEXT + self.call + code + "\nprint(_json.dumps('lives'))"
        for interpreter in filter(None, INTERPRETERS):
            with self.subTest(interpreter=interpreter):
                self.assertEqual(self.run_with(interpreter, text, {}, status), "" if status else "lives")
                self.assertRegex(self.said, said)

    def test_a_panic_that_is_posted_ends_the_process(self):
        self.ends(
            "caught('oh')\nposts('oh')",
            1,
            r"\A\d{4}/\d\d/\d\d [\d:]{8} calling the handler function resulted in a panic, the process should exit\n\Z",
        )

    def test_the_second_panic_of_an_invocation_ends_the_process_too(self):
        self.ends("caught('a')\ncaught('b')\nposts('b')", 1, "resulted in a panic")

    def test_a_panic_that_is_caught_is_reported_once(self):
        said = r"\A\S+ \S+ a Go function panicked \(string: oh\), and Python code caught the exception: [^\n]*\n\Z"
        self.ends("for _ in range(2):\n caught('oh')\n client.post_invocation_result('id', '1')\nposts('oh')", 0, said)
        self.ends("caught('oh')\nposts('another error')\nposts('oh')", 0, said)

    def test_without_a_runtime_client_nothing_ends(self):
        self.check(
            "import index\n"
            "try: index.panic({'errorType': 'string', 'errorMessage': 'oh'}, context)\n"
            "except Exception as e: result = [type(e).__name__, str(e)]",
            ["string", "oh"],
            client=False,
        )

    def test_an_error_does_not_end_the_process(self):
        self.ends(
            "try: index.fail({'errorType': 'string', 'errorMessage': 'oh'}, context)\n"
            "except Exception: pass\nposts('oh')",
            0,
            r"\A\Z",
        )


class Credentials(PackageTest):
    keys = "import index, json; result = json.loads(serve(index.credentials, {}).encoded_json)"

    def test_credentials_of_the_environment(self):
        self.check(
            self.keys,
            {"AccessKeyID": "AK", "SecretAccessKey": "SK", "SessionToken": "T"},
            AWS_ACCESS_KEY_ID="AK",
            AWS_SECRET_ACCESS_KEY="SK",
            AWS_SESSION_TOKEN="T",
        )

    def test_credentials_of_an_environment_that_changes(self):
        self.check(
            "import os, index\nos.environ['AWS_ACCESS_KEY_ID'] = 'NEW'\n" + self.keys + "['AccessKeyID']",
            "NEW",
            AWS_ACCESS_KEY_ID="AK",
            AWS_SECRET_ACCESS_KEY="SK",
        )

    def test_credentials_of_botocore_if_the_environment_has_none(self):
        code = """
import datetime
class Source(object):
    calls = 0
    _expiry_time = datetime.datetime.fromtimestamp(2000000000, datetime.timezone.utc)
    def get_frozen_credentials(self):
        Source.calls += 1
        return types.SimpleNamespace(access_key="AK%d" % Source.calls, secret_key="SK", token=None)
made = []
def get_credentials(session): made.append(session); return Source()
module("botocore")
module("botocore.credentials", get_credentials=get_credentials)
module("botocore.session", get_session=lambda: "session")
import index, json
result = [json.loads(serve(index.credentials, {}).encoded_json) for _ in range(2)] + [made]
"""
        keys = {"SecretAccessKey": "SK", "SessionToken": "", "Expires": 2000000000}
        self.check(code, [dict(keys, AccessKeyID="AK1"), dict(keys, AccessKeyID="AK2"), ["session"]])

    def test_an_error_is_a_sentence(self):
        self.check(
            "module('botocore')\n"
            "module('botocore.credentials', get_credentials=lambda s: None)\n"
            "module('botocore.session', get_session=lambda: 1)\n" + self.keys,
            {"Error": "neither the environment nor botocore's provider chain has any"},
        )

    def test_only_the_main_interpreter_has_credentials(self):
        code = (
            "import sys\nresult = None\n"
            "other = 'import sys; sys.path.insert(0, %r)\\ntry: import index\\n' % sys.path[0] + "
            "'except ImportError as e: print(str(e)[:51], flush=True)'\n"
            "if sys.version_info >= (3, 13):\n"
            " import _interpreters as api\n other = api.exec(api.create('legacy'), other)\n"
            "elif sys.version_info >= (3, 9):\n"
            " import _xxsubinterpreters as api\n api.run_string(api.create(isolated=False), other)\n"
            "else: print('the Go library requests AWS credentials from Python')\n"
        )
        for interpreter in filter(None, INTERPRETERS):
            with self.subTest(interpreter=interpreter):
                environment = dict(os.environ, FAKE_START=FUNCTIONS, PYTHONDONTWRITEBYTECODE="1")
                out = subprocess.check_output([interpreter, "-c", code], cwd=self.folder, env=environment)
                self.assertEqual(out.decode()[:51], "the Go library requests AWS credentials from Python")


class Snapshots(PackageTest):
    hooks = """
calls = []
module("snapshot_restore_py", register_before_snapshot=calls.append, register_after_restore=calls.append)
import index
"""

    def test_hooks_are_registered(self):
        self.check(
            self.hooks + "result = [hook() for hook in calls]",
            [None, None],
            AWS_LAMBDA_INITIALIZATION_TYPE="snap-start",
        )

    def test_hooks_are_registered_once(self):
        self.check(
            self.hooks + "import importlib; importlib.reload(index)\n" + Callers.purge +
            "import index; result = [hook() for hook in calls]",
            [None, None],
            AWS_LAMBDA_INITIALIZATION_TYPE="snap-start",
        )

    def test_hooks_are_registered_only_under_snapstart(self):
        self.check(self.hooks + "result = len(calls)", 0, AWS_LAMBDA_INITIALIZATION_TYPE="on-demand")

    def test_a_hooks_error_is_raised(self):
        self.check(
            self.hooks + "try: calls[0]()\nexcept Exception as e: result = str(e)",
            "busy",
            AWS_LAMBDA_INITIALIZATION_TYPE="snap-start",
            FAKE_SNAPSHOT='{"errorType":"E","errorMessage":"busy"}',
        )


if __name__ == "__main__":
    unittest.main()
