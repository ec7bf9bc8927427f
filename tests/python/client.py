#!/usr/bin/env python3
"""Asks a running server everything once, as a Python service would: messages come from its reflection, not from files.

client.py ADDRESS
"""
import sys

import grpc
from google.protobuf import descriptor_pool, message_factory
from google.rpc import error_details_pb2, status_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

SERVICE = "dictum.v1.ExtractionService"


class Client:
    def __init__(self, address):
        self.channel = grpc.insecure_channel(address)
        pool = descriptor_pool.DescriptorPool(ProtoReflectionDescriptorDatabase(self.channel))
        self.service = pool.FindServiceByName(SERVICE)
        self.pool = pool

    def message(self, name):
        return message_factory.GetMessageClass(self.pool.FindMessageTypeByName(f"dictum.v1.{name}"))

    def call(self, method):
        found = self.service.methods_by_name[method]
        many = found.client_streaming
        stub = self.channel.stream_stream if many else self.channel.unary_unary
        return stub(
            f"/{SERVICE}/{method}",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=message_factory.GetMessageClass(found.output_type).FromString,
        )


def check(what, holds):
    if not holds:
        sys.exit(f"FAILED: {what}")
    print(f"ok: {what}")


def main():
    client = Client(sys.argv[1])
    request = client.message("ExtractFactsRequest")()
    request.document.content = "🌍 Sales rose by 5 percent in 2021, the minister said."
    request.document.document_id = "one"
    response = client.call("ExtractFacts")(request, timeout=5)
    check("the id is echoed", response.document_id == "one")
    check("a date and a number are found", {fact.WhichOneof("kind") for fact in response.facts} >= {"numeric_claim", "date_mention"})
    for fact in response.facts:
        # Offsets count code points unless asked otherwise, as Python's strings do.
        check(f"the span of {fact.text!r} is its place", request.document.content[fact.span.begin : fact.span.end] == fact.text)

    batch = client.message("BatchExtractFactsRequest")()
    batch.requests.add().CopyFrom(request)
    batch.requests.add().document.content = ""
    outcomes = client.call("BatchExtractFacts")(batch, timeout=5).outcomes
    check("a batch answers each", [outcome.WhichOneof("outcome") for outcome in outcomes] == ["response", "error"])
    check("and names the field", "requests[1].document.content" in outcomes[1].error.message)

    Item = client.message("StreamExtractFactsRequest")
    items = (Item(correlation_id=str(number), request=request) for number in range(100))
    answers = list(client.call("StreamExtractFacts")(items, timeout=10))
    check("a stream answers all", sorted(int(answer.correlation_id) for answer in answers) == list(range(100)))

    capabilities = client.call("GetCapabilities")(client.message("GetCapabilitiesRequest")(), timeout=5)
    check("limits are told", capabilities.limits.max_document_bytes > 0)

    request.document.content = "a" * (capabilities.limits.max_document_bytes + 1)
    try:
        client.call("ExtractFacts")(request, timeout=5)
        check("a document over the limit is refused", False)
    except grpc.RpcError as error:
        check("a document over the limit is refused", error.code() == grpc.StatusCode.INVALID_ARGUMENT)
        trailers = dict(error.trailing_metadata())
        details = status_pb2.Status.FromString(trailers["grpc-status-details-bin"]).details
        info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
        check("with ErrorInfo", any(detail.Unpack(info) for detail in details) and info.domain == "dictum.v1")
        check("with BadRequest", any(detail.Unpack(bad) for detail in details))
        check("that names the field", bad.field_violations[0].field == "document.content")

    health = health_pb2_grpc.HealthStub(client.channel).Check(health_pb2.HealthCheckRequest(service=SERVICE), timeout=5)
    check("it is serving", health.status == health_pb2.HealthCheckResponse.SERVING)


main()
