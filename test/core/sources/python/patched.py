"""Runs a script with every way to start a process replaced by one that prints what it was given, as a line of JSON."""

import asyncio
import json
import os
import runpy
import subprocess
import sys

start = dict(os.environ)


def said(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def show(words, env=None, script=False):
    env = dict(os.environ if env is None else env)
    fresh = {key: value for key, value in env.items() if start.get(key) != value}
    kind = {"script": said(words)} if script else {"words": [said(word) for word in words]}
    print(json.dumps({**kind, "env": fresh}))


class Process:
    returncode = 0

    def __init__(self, args=None, shell=False, env=None, **_):
        if shell:
            show(args if isinstance(args, str) else args[0], env, True)
        else:
            show([args] if isinstance(args, str) else args, env)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def wait(self):
        return 0

    def read(self):
        return ""


def call(*args, **options):
    Process(*args, **options)
    return 0


def check_output(*args, **options):
    Process(*args, **options)
    return b""


def script(result):
    def start_script(command, *_, **__):
        show(command, None, True)
        return result

    return start_script


def listed(with_mode, with_environment):
    def start_list(*args):
        path, words, *env = args[1:] if with_mode else args
        show([path, *words[1:]], env[0] if with_environment else None)

    return start_list


def spread(with_mode, with_environment):
    def start_spread(*args):
        path, _, *words = args[1:] if with_mode else args
        show([path, *(words[:-1] if with_environment else words)], words[-1] if with_environment else None)

    return start_spread


class Later:
    async def wait(self):
        return 0


async def create_exec(*words, env=None, **_):
    show(words, env)
    return Later()


async def create_shell(command, env=None, **_):
    show(command, env, True)
    return Later()


subprocess.run = subprocess.Popen = Process
subprocess.call = subprocess.check_call = call
subprocess.check_output = check_output
subprocess.getoutput = script("")
subprocess.getstatusoutput = script((0, ""))
os.system = script(0)
os.popen = lambda command: (show(command, None, True), Process.__new__(Process))[1]
for way, mode in (("exec", False), ("spawn", True)):
    for search in ("", "p"):
        for environment in ("", "e"):
            setattr(os, f"{way}l{search}{environment}", spread(mode, bool(environment)))
            setattr(os, f"{way}v{search}{environment}", listed(mode, bool(environment)))
os.posix_spawn = os.posix_spawnp = listed(False, True)
asyncio.create_subprocess_exec = create_exec
asyncio.create_subprocess_shell = create_shell
sys.executable = "python"
sys.argv = [sys.argv[1]]
runpy.run_path(sys.argv[0], run_name="__main__")
