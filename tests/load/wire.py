"""HTTP/2 by hand: for what no honest client does, and for a client that does not look at its own clock."""
import struct
import time

import h2.config
import h2.connection
import h2.events
import h2.exceptions
import hpack

from kit import SERVICE, connect

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RST_STREAM, SETTINGS, PING, CONTINUATION = 0, 1, 3, 4, 6, 9
END_STREAM, END_HEADERS = 1, 4


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def headers(path=f"/{SERVICE}/ExtractFacts", **more):
    return [
        (":method", "POST"),
        (":scheme", "http"),
        (":path", path),
        (":authority", "localhost"),
        ("content-type", "application/grpc"),
        ("te", "trailers"),
        *((name.replace("_", "-"), value) for name, value in more.items()),
    ]


def envelope(message, is_compressed=False):
    """A gRPC message."""
    return bytes([is_compressed]) + struct.pack(">I", len(message)) + message


class Raw:
    """A connection whose frames are our own."""

    def __init__(self, address, settings=b""):
        self.socket = connect(address)
        self.encoder = hpack.Encoder()
        self.socket.sendall(PREFACE + frame(SETTINGS, 0, 0, settings) + frame(SETTINGS, 1, 0))

    def block(self, **more):
        return self.encoder.encode(headers(**more))

    def send(self, *frames):
        self.socket.sendall(b"".join(frames))

    def ended(self, seconds=5.0):
        """Whether the server closes the connection within the time; what it says first is read over."""
        end = time.monotonic() + seconds
        try:
            while (left := end - time.monotonic()) > 0:
                self.socket.settimeout(left)
                if not self.socket.recv(1 << 16):
                    return True
        except TimeoutError:
            return False
        except OSError:
            return True
        return False


class Answer:
    def __init__(self):
        self.headers, self.data, self.code, self.reset = {}, b"", None, None


class Client:
    """A client of one call at a time that keeps the rules of HTTP/2, and no deadline of its own."""

    def __init__(self, address, timeout=30.0):
        self.socket = connect(address, timeout)
        self.h2 = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
        self.h2.initiate_connection()
        # The answer is not what is waited for.
        self.h2.increment_flow_control_window((1 << 31) - 1 - 65535)
        self.h2.update_settings({4: (1 << 31) - 1})
        self.flush()

    def flush(self):
        if data := self.h2.data_to_send():
            self.socket.sendall(data)

    def call(self, message, path=f"/{SERVICE}/ExtractFacts", **more):
        """Answer and seconds from the first byte of the call to the last of the answer."""
        answer = Answer()
        stream = self.h2.get_next_available_stream_id()
        body, sent, is_over = envelope(message), 0, False
        begun = time.monotonic()
        self.h2.send_headers(stream, headers(path, **more))
        self.flush()
        while not is_over:
            while sent < len(body) and (window := self.h2.local_flow_control_window(stream)) > 0:
                size = min(window, self.h2.max_outbound_frame_size, len(body) - sent)
                self.h2.send_data(stream, body[sent : sent + size], end_stream=sent + size == len(body))
                sent += size
            self.flush()
            received = self.socket.recv(1 << 18)
            if not received:
                raise ConnectionError("the server closed the connection")
            for event in self.h2.receive_data(received):
                if isinstance(event, (h2.events.ResponseReceived, h2.events.TrailersReceived)) and event.stream_id == stream:
                    answer.headers.update(dict(event.headers))
                elif isinstance(event, h2.events.DataReceived):
                    answer.data += event.data
                    self.h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                elif isinstance(event, h2.events.StreamReset) and event.stream_id == stream:
                    answer.reset, is_over = event.error_code, True
                elif isinstance(event, h2.events.StreamEnded) and event.stream_id == stream:
                    is_over = True
            if "grpc-status" in answer.headers and sent < len(body):
                # Answered before it was heard out: nothing more is sent.
                is_over = True
        took = time.monotonic() - begun
        self.flush()
        if sent < len(body) and answer.reset is None:
            try:
                self.h2.reset_stream(stream)
                self.flush()
            except h2.exceptions.ProtocolError:
                pass
        answer.code = int(answer.headers.get("grpc-status", -1))
        return answer, took
