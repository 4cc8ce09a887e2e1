"""Calls a probe server with grpcio and fails on the first answer that is not as the protocol wants it."""
import sys
import threading
import time

import grpc
import probe_pb2 as pb

target = sys.argv[1]
CHECKS = []


def check(function):
    CHECKS.append(function)
    return function


def methods(channel):
    def make(kind, name):
        return getattr(channel, kind)(
            "/fovea.probe.Probe/" + name,
            request_serializer=pb.Ask.SerializeToString,
            response_deserializer=pb.Answer.FromString)
    return (make("unary_unary", "Unary"), make("stream_unary", "ClientStream"),
            make("unary_stream", "ServerStream"), make("stream_stream", "Duplex"))


def fails(code, call):
    try:
        call()
    except grpc.RpcError as error:
        assert error.code() == code, (error.code(), error.details())
        return error
    raise AssertionError("the call did not fail")


@check
def unary(c):
    assert c[0](pb.Ask(text="hello")).text == "hello"
    assert c[0](pb.Ask()) == pb.Answer()


@check
def large_unary(c):
    answer = c[0](pb.Ask(payload=b"x" * 271828, answer_bytes=314159))
    assert len(answer.payload) == 314159


@check
def client_stream(c):
    answer = c[1](pb.Ask(payload=b"y" * n) for n in (27182, 8, 1828, 45904))
    assert answer.index == 74922
    assert c[1](iter(())).text == ""


@check
def server_stream(c):
    assert [a.index for a in c[2](pb.Ask(count=40, answer_bytes=2653))] == list(range(40))
    assert not list(c[2](pb.Ask(count=0)))


@check
def ping_pong(c):
    sizes = (31415, 9, 2653, 58979)
    answers = [len(a.payload) for a in c[3](pb.Ask(answer_bytes=n) for n in sizes)]
    assert answers == list(sizes), answers
    assert not list(c[3](iter(())))


@check
def every_status(c):
    for code in grpc.StatusCode:
        if code is grpc.StatusCode.OK:
            continue
        detail = "\t\r\nunicode \u263a \U0001F608 % \t"
        error = fails(code, lambda: c[0](pb.Ask(status=code.value[0], status_detail=detail)))
        assert error.details() == detail, error.details()
        trailers = dict(error.trailing_metadata())
        assert trailers["grpc-status-details-bin"] == bytes([8, 3, 18, 1, 120])


@check
def status_after_messages(c):
    call = c[2](pb.Ask(count=2, status=10, status_detail="late"))
    assert next(call).index == 0 and next(call).index == 1
    fails(grpc.StatusCode.ABORTED, lambda: next(call))


@check
def handler_exception(c):
    error = fails(grpc.StatusCode.UNKNOWN, lambda: c[0](pb.Ask(act="throw")))
    assert "secret" not in error.details()


@check
def metadata(c):
    sent = [("echo-text", "some text"), ("echo-empty", ""), ("echo-data-bin", b"\x00\xab\xff"), ("echo-data-bin", b""), ("echo-data-bin", b"\x01")]
    _, call = c[0].with_call(pb.Ask(act="echo-metadata"), metadata=sent)
    for received in (call.initial_metadata(), call.trailing_metadata()):
        pairs = [(k, v) for k, v in received if k.startswith("echo-")]
        assert sorted(pairs) == sorted(sent), pairs


@check
def unimplemented(c, channel=None):
    with grpc.insecure_channel(target) as other:
        fails(grpc.StatusCode.UNIMPLEMENTED, lambda: other.unary_unary("/fovea.probe.Probe/Nothing")(b""))
        fails(grpc.StatusCode.UNIMPLEMENTED, lambda: other.unary_unary("/no.Such/Service")(b""))
        fails(grpc.StatusCode.INTERNAL, lambda: other.unary_unary("/fovea.probe.Probe/Unary")(b"\xff\xff\xff"))


@check
def deadline(c):
    for call in (lambda: c[0](pb.Ask(act="hang"), timeout=0.2),
                 lambda: list(c[2](pb.Ask(count=1, act="hang"), timeout=0.2)),
                 lambda: c[0](pb.Ask(act="hang"), timeout=0.001)):
        fails(grpc.StatusCode.DEADLINE_EXCEEDED, call)


@check
def cancel(c):
    call = c[2](pb.Ask(count=1, act="hang"))
    next(call)
    call.cancel()
    fails(grpc.StatusCode.CANCELLED, lambda: next(call))
    future = c[0].future(pb.Ask(act="hang"))
    future.cancel()
    assert future.cancelled()


@check
def gzip(c):
    with grpc.insecure_channel(target, compression=grpc.Compression.Gzip) as channel:
        m = methods(channel)
        assert m[0](pb.Ask(payload=b"z" * 100000)).payload == b"z" * 100000
        assert len(list(m[3](pb.Ask(payload=b"z" * 50000) for _ in range(5)))) == 5


@check
def limit(c):
    fails(grpc.StatusCode.RESOURCE_EXHAUSTED, lambda: c[0](pb.Ask(payload=b"x" * (5 << 20))))


@check
def concurrent(c):
    calls = [c[0].future(pb.Ask(text=str(i))) for i in range(200)]
    assert [f.result().text for f in calls] == [str(i) for i in range(200)]


with grpc.insecure_channel(target) as main:
    for one in CHECKS:
        try:
            one(methods(main))
        except BaseException:
            print("FAILED:", one.__name__, flush=True)
            raise
        print("ok", one.__name__, flush=True)
print(f"passed {len(CHECKS)}")
