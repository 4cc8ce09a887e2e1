"""Asks health and reflection of a server with the service defaults, by grpcio."""
import sys

import grpc
import health_pb2 as health
import reflection_pb2 as reflection
from google.protobuf import descriptor_pb2

target, package = sys.argv[1], sys.argv[2]
with grpc.insecure_channel(target) as channel:
    check = channel.unary_unary("/grpc.health.v1.Health/Check", health.HealthCheckRequest.SerializeToString, health.HealthCheckResponse.FromString)
    watch = channel.unary_stream("/grpc.health.v1.Health/Watch", health.HealthCheckRequest.SerializeToString, health.HealthCheckResponse.FromString)
    assert check(health.HealthCheckRequest()).status == health.HealthCheckResponse.SERVING
    try:
        check(health.HealthCheckRequest(service="nobody"))
        raise AssertionError("an unknown service was found")
    except grpc.RpcError as error:
        assert error.code() == grpc.StatusCode.NOT_FOUND, error
    stream = watch(health.HealthCheckRequest(service="nobody"))
    assert next(stream).status == health.HealthCheckResponse.SERVICE_UNKNOWN
    stream.cancel()

    # Both packages have the same messages, so one set of Python classes serves both.
    info = channel.stream_stream(
        f"/grpc.reflection.{package}.ServerReflection/ServerReflectionInfo",
        reflection.ServerReflectionRequest.SerializeToString, reflection.ServerReflectionResponse.FromString)
    Q = reflection.ServerReflectionRequest
    answers = list(info(iter([
        Q(list_services="*"),
        Q(file_containing_symbol="grpc.health.v1.Health.Check"),
        Q(file_containing_symbol="grpc.health.v1.HealthCheckResponse.ServingStatus"),
        Q(file_by_filename="grpc/health/v1/health.proto"),
        Q(file_by_filename="none.proto"),
        Q(all_extension_numbers_of_type="grpc.health.v1.HealthCheckRequest"),
        Q(file_containing_extension=reflection.ExtensionRequest(containing_type="a.B", extension_number=1)),
        Q(),
    ])))
    names = [s.name for s in answers[0].list_services_response.service]
    assert names == sorted(["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"]), names
    for answer in answers[1:4]:
        file = descriptor_pb2.FileDescriptorProto.FromString(answer.file_descriptor_response.file_descriptor_proto[0])
        assert file.name == "grpc/health/v1/health.proto" and file.service[0].name == "Health"
    assert answers[4].error_response.error_code == 5
    assert answers[4].original_request.file_by_filename == "none.proto"
    assert answers[5].all_extension_numbers_response.base_type_name == "grpc.health.v1.HealthCheckRequest"
    assert answers[6].error_response.error_code == 5
    assert answers[7].error_response.error_code == 3
print("passed")
