#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Not any Python: the one for which the system has PyGObject.
"""The engine from Python: a load that succeeds and is heard, one that fails, one that is polled."""

import array
import pathlib
import struct
import tempfile

import gi

gi.require_version("Zabumba", "0")
from gi.repository import Gio, GLib, Zabumba  # noqa: E402

RATE = 48000
N_FRAMES = 4800
LEVEL = 0.25


def write_sound(path):
    """A mono WAV file of 32-bit floats, all LEVEL."""
    data = struct.pack("<f", LEVEL) * N_FRAMES
    head = b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 3, 1, RATE, 4 * RATE, 4, 32)
    body = head + b"data" + struct.pack("<I", len(data)) + data
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)


def load(engine, pad, path):
    """The load's error, or None, and its events as dictionaries."""
    loop = GLib.MainLoop()
    events, errors = [], []

    def on_loaded(source, result):
        try:
            assert source.load_sample_finish(result)
        except GLib.Error as error:
            errors.append(error)
        loop.quit()

    handler = engine.connect("loader-event", lambda _, event: events.append(event.to_variant().unpack()))
    engine.load_sample_async(pad, Gio.File.new_for_path(str(path)), None, on_loaded)
    loop.run()
    engine.disconnect(handler)
    return (errors[0] if errors else None), events


def test_success(engine, folder):
    path = folder / "a.wav"
    write_sound(path)
    error, events = load(engine, 3, path)
    assert error is None, error
    types = [event["type"] for event in events]
    assert types[0] == "started" and types[-1] == "success", types
    assert set(types[1:-1]) == {"progress"}, types
    assert {event["id"] for event in events} == {3}
    assert events[-1]["frames"] == N_FRAMES and events[-1]["duration"] == 0.1, events[-1]


def test_sound(engine, _folder):
    assert engine.play_pad(3, 1.0)
    frames = array.array("f", engine.render_bytes(2 * N_FRAMES).get_data())
    assert len(frames) == 4 * N_FRAMES
    assert frames[N_FRAMES] == frames[N_FRAMES + 1] == LEVEL, frames[N_FRAMES]
    assert not any(frames[2 * N_FRAMES :])
    assert not engine.get_pad_activity(3).playing
    assert engine.get_bar_position() == (False, 0, 0.0)


def test_error(engine, folder):
    error, events = load(engine, 4, folder / "missing.wav")
    assert error.matches(GLib.quark_from_string("zab-load-error"), Zabumba.LoadError.NOT_FOUND)
    assert "“missing.wav”" in error.message
    assert events[-1]["type"] == "error" and events[-1]["message"] == error.message


def test_poll(engine, folder):
    """Without a main loop."""
    engine.load_sample_async(5, Gio.File.new_for_path(str(folder / "a.wav")), None, None)
    request = engine.get_request(5)
    types = []
    while not types or types[-1] in ("started", "progress"):
        event = engine.poll_loader_event()
        if event is not None:
            assert event.request == request and event.pad == 5
            types.append(event.to_variant()["type"])
    assert types[0] == "started" and types[-1] == "success", types


def main():
    tests = [test_success, test_sound, test_error, test_poll]
    engine = Zabumba.Engine.new_offline(RATE)
    print(f"1..{len(tests)}")
    with tempfile.TemporaryDirectory(prefix="zab-introspection-") as folder:
        for number, test in enumerate(tests, 1):
            test(engine, pathlib.Path(folder))
            print(f"ok {number} /introspection/engine/{test.__name__[5:]}", flush=True)
    engine.shut_down()
    assert engine.get_output_state() == Zabumba.OutputState.OFFLINE


main()
