"""An `.eval` file, which is a ZIP: looked over before anything of it is unpacked.

Members are unpacked here and not by `zipfile`, because Python 3.11's cannot read Zstandard, and
because what is declared has to be held against what comes out, byte by byte.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from custodes.errors import InputError
from custodes.exchange._log_limits import LogLimits, Patience
from custodes.exchange._table import refusal, shown

STORED, DEFLATED, ZSTANDARD = 0, 8, 93
"""How a member is compressed, as ZIP numbers it."""
_KNOWN = (STORED, DEFLATED, ZSTANDARD)
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_LOCAL_MARK, _CENTRAL_MARK = b"PK\x03\x04", b"PK\x01\x02"
_ENCRYPTED = 0x1
_CHUNK = 1 << 18
_WINDOW = 1 << 25
"""Bytes that Zstandard may look back; its own levels stay at or below 8 MB."""
_ALWAYS_UNPACKED = 1 << 20
"""So many bytes a log may unpack to however small it is packed."""

NO_ZSTANDARD = "this log is compressed with Zstandard"
"""What is wrong where the extra is missing."""
_GET_ZSTANDARD = "pip install 'custodes[evidence]'"
_FETCH = "fetch the file again, or ask its author for it"
_BOMB = "leave it out; an honest log stays far below"


@dataclass(frozen=True, slots=True)
class LogArchive:
    """The members of an `.eval` file, none of them unpacked yet."""

    name: str
    """The file, as the person named it."""
    stream: BinaryIO
    """The file, open."""
    members: dict[str, ZipInfo]
    """By name; of two with one name the last, as every reader of ZIP takes."""
    limits: LogLimits
    """What is refused."""
    patience: Patience
    """How much time is left for the file."""

    @property
    def compressions(self) -> tuple[int, ...]:
        """How its members are compressed, each way once."""
        return tuple(sorted({each.compress_type for each in self.members.values()}))

    def read(self, member: str) -> bytearray:
        """What a member holds.

        Raises:
            InputError: It is damaged, larger than it says, or in a compression we cannot read.
        """
        return _unpacked(self, self.members[member])


def open_archive(
    stream: BinaryIO, *, name: str, limits: LogLimits, patience: Patience
) -> LogArchive:
    """The members of a ZIP, with every size that it declares held against the limits.

    Args:
        stream: The file, open for reading, seekable.
        name: The file, as the person named it.
        limits: What is refused.
        patience: How much time is left for the file.

    Raises:
        InputError: It is damaged, encrypted, or declares more than the limits allow.
    """
    size = _size_of_few_members(stream, name=name, limits=limits)
    try:
        with ZipFile(stream) as archive:
            listed = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, struct.error, OSError, EOFError) as error:
        raise refusal(name, f"damaged ZIP ({shown(str(error))})", _FETCH) from None
    _refuse_declared(listed, size, name=name, limits=limits)
    return LogArchive(
        name=name,
        stream=stream,
        members={each.filename: each for each in listed},
        limits=limits,
        patience=patience,
    )


def _size_of_few_members(stream: BinaryIO, *, name: str, limits: LogLimits) -> int:
    """The file's size, once its members are counted: `zipfile` makes an object of each."""
    members, size, carried = 0, stream.seek(0), b""
    while chunk := stream.read(_CHUNK):
        members += (carried + chunk).count(_CENTRAL_MARK)
        carried, size = chunk[-3:], size + len(chunk)
    if members > limits.members:
        raise refusal(name, f"holds more than {limits.members:,} members", _BOMB)
    return size


def _refuse_declared(listed: list[ZipInfo], size: int, *, name: str, limits: LogLimits) -> None:
    total = 0
    for each in listed:
        member = shown(each.filename)
        if each.flag_bits & _ENCRYPTED:
            raise refusal(name, f"its member '{member}' is encrypted", "give it without password")
        if each.compress_type not in _KNOWN:
            message = f"its member '{member}' is in compression {each.compress_type}"
            raise refusal(name, message, "write the log again with Inspect")
        if each.file_size > limits.member_bytes:
            message = f"its member '{member}' unpacks to {each.file_size:,} bytes"
            raise refusal(name, f"{message}, above {limits.member_bytes:,}", _BOMB)
        total += each.file_size
    if total > limits.unpacked_bytes:
        message = f"unpacks to {total:,} bytes, above {limits.unpacked_bytes:,}"
        raise refusal(name, message, _BOMB)
    if total > max(_ALWAYS_UNPACKED, limits.ratio * size):
        message = f"unpacks to {total:,} bytes, above {limits.ratio} times its own {size:,}"
        raise refusal(name, message, _BOMB)


def _unpacked(archive: LogArchive, member: ZipInfo) -> bytearray:
    """What one member holds, its length and checksum as declared."""
    content = bytearray()
    try:
        for part in _parts(archive, member):
            archive.patience.check()
            content += part
            if len(content) > member.file_size:
                message = f"its member '{shown(member.filename)}' is larger than it says"
                raise refusal(archive.name, message, _BOMB)
    except (zlib.error, struct.error, OSError, EOFError) as error:
        raise _damaged(archive, member, str(error)) from None
    if len(content) != member.file_size:
        raise _damaged(archive, member, "it ends early")
    if zlib.crc32(content) != member.CRC:
        raise _damaged(archive, member, "its checksum differs")
    return content


def _damaged(archive: LogArchive, member: ZipInfo, why: str) -> InputError:
    message = f"damaged ZIP (member '{shown(member.filename)}': {shown(why)})"
    return refusal(archive.name, message, _FETCH)


def _parts(archive: LogArchive, member: ZipInfo) -> Iterator[bytes]:
    archive.stream.seek(member.header_offset)
    header = archive.stream.read(_LOCAL_HEADER.size)
    fields = _LOCAL_HEADER.unpack(header)
    if fields[0] != _LOCAL_MARK:
        why = "it does not begin where it should"
        raise EOFError(why)
    archive.stream.seek(fields[9] + fields[10], 1)
    packed = _packed(archive.stream, member.compress_size)
    if member.compress_type == STORED:
        yield from packed
    elif member.compress_type == DEFLATED:
        yield from _inflated(packed)
    else:
        yield from _from_zstandard(packed, archive, member)


def _packed(stream: BinaryIO, length: int) -> Iterator[bytes]:
    while length > 0:
        chunk = stream.read(min(_CHUNK, length))
        if not chunk:
            why = "the file ends before it"
            raise EOFError(why)
        length -= len(chunk)
        yield chunk


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    for chunk in packed:
        rest = chunk
        while rest:
            yield unpack.decompress(rest, _CHUNK)
            rest = unpack.unconsumed_tail
    while part := unpack.decompress(unpack.unconsumed_tail, _CHUNK):
        yield part


def _from_zstandard(
    packed: Iterator[bytes], archive: LogArchive, member: ZipInfo
) -> Iterator[bytes]:
    """Several frames one after the other, as Inspect writes them."""
    try:
        import zstandard  # noqa: PLC0415 (an extra that may be missing)
    except ImportError:
        raise refusal(archive.name, NO_ZSTANDARD, _GET_ZSTANDARD) from None
    source = cast("BinaryIO", _Source(packed))
    unpack = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    try:
        with unpack.stream_reader(source, read_across_frames=True) as reader:
            while part := reader.read(_CHUNK):
                yield part
    except (zstandard.ZstdError, MemoryError) as error:
        raise _damaged(archive, member, str(error)) from None


class _Source:
    """What Zstandard reads from: the packed bytes, in the chunks that come."""

    def __init__(self, packed: Iterator[bytes]) -> None:
        self._next: Callable[[], bytes] = lambda: next(packed, b"")
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes; none at the end."""
        if not self._left:
            self._left = self._next()
        if size < 0:
            size = len(self._left)
        part, self._left = self._left[:size], self._left[size:]
        return part
