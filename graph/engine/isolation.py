"""How an executor process binds itself before it answers strangers: deadline, memory, stack and network.

The kernel holds every bound, so that none depends on the process that started the executor, nor on the query
engine, which cannot be interrupted.
"""

import ctypes
import os
import resource
import select
import signal
import struct
import sys
import threading

STACK_BYTES = 64 * 1024 * 1024
"""Room for deeply nested queries: the engine's parser and planner descend by recursion."""
_SMALL_STACK = 256 * 1024
"""For a thread that only waits: it counts as data."""

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_KILL_PROCESS, _ALLOW = 0x80000000, 0x7FFF0000
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""By machine: the kernel's name for it (AUDIT_ARCH) and the number of the system call socket(2)."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def forbid_network() -> bool:
    """From now on the kernel ends this process (SIGSYS) when it opens a socket; False where that cannot be had.

    Threads started before are not bound: call it first. Connections that exist go on.
    """
    numbers = _SOCKET.get(os.uname().machine)
    if not sys.platform.startswith("linux") or not numbers:
        return False
    instructions = _filter(*numbers)
    program = _Program(len(instructions) // 8, instructions)
    libc = ctypes.CDLL(None)
    zero, one = ctypes.c_ulong(0), ctypes.c_ulong(1)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, one, zero, zero, zero):
        return False
    return not libc.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_SECCOMP_MODE_FILTER), ctypes.byref(program), zero, zero)


def _filter(machine: int, socket_call: int) -> bytes:
    """The filter, in the kernel's packet filter language: operation, jump if true, jump if false, operand."""
    steps = (
        (_LOAD, 0, 0, 4),  # the machine whose calling convention is used
        (_JUMP_EQUAL, 0, 3, machine),
        (_LOAD, 0, 0, 0),  # the number of the call
        (_JUMP_EQUAL, 1, 0, socket_call),
        (_JUMP_AT_LEAST, 0, 1, 0x40000000),  # the same calls under the x32 convention
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_RETURN, 0, 0, _ALLOW),
    )
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def bound_memory(data_bytes: int) -> None:
    """Hold the process to so many bytes of data, a larger stack, and no core dump.

    RLIMIT_DATA, because the store maps files that RLIMIT_AS would count.
    """
    _lower(resource.RLIMIT_DATA, data_bytes)
    _lower(resource.RLIMIT_CORE, 0)
    hard = resource.getrlimit(resource.RLIMIT_STACK)[1]
    resource.setrlimit(resource.RLIMIT_STACK, (STACK_BYTES if hard < 0 else min(STACK_BYTES, hard), hard))


def _lower(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    value = value if hard < 0 else min(value, hard)
    resource.setrlimit(kind, (value, value))


def heed_signals() -> None:
    """SIGALRM ends the process even if the starting thread had it blocked; Ctrl-C is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def end_with(connection: int) -> None:
    """From now on this process ends when the other side of the connection is closed, whatever it is doing.

    The kernel's timer would end it too, but only at the deadline. Threads inherit the network's filter: call it after.
    """
    threading.stack_size(_SMALL_STACK)
    threading.Thread(target=_end_with, args=(connection,), daemon=True).start()
    threading.stack_size(0)


def _end_with(connection: int) -> None:
    waiting = select.poll()
    waiting.register(connection, select.POLLRDHUP)
    waiting.poll()
    os.kill(os.getpid(), signal.SIGKILL)


def arm(seconds: float) -> None:
    """Have the kernel end this process after so many seconds."""
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.0001))


def disarm() -> None:
    """Take the deadline back."""
    signal.setitimer(signal.ITIMER_REAL, 0)
