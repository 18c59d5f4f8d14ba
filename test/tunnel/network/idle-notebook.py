"""A notebook that somebody left open: a kernel on the Jupyter at argv[1] with something in its memory. The token is the
first line of stdin; each further line is a cell. A cell that begins with `again:` comes over a new websocket."""

import json
import sys
import uuid

import requests
import websocket

address = sys.argv[1]
login = {"Authorization": f"token {sys.stdin.readline().strip()}"}
started = requests.post(f"{address}/api/kernels", headers=login, json={"name": "python3"}, timeout=60)
started.raise_for_status()
kernel = f"/api/kernels/{started.json()['id']}"


def connected() -> websocket.WebSocket:
    return websocket.create_connection(f"{address.replace('http', 'ws', 1)}{kernel}/channels", header=login, timeout=60)


def run(channels: websocket.WebSocket, cell: str) -> str:
    request = uuid.uuid4().hex
    header = {"msg_id": request, "msg_type": "execute_request", "username": "test", "session": request, "version": "5.3"}
    content = {"code": cell, "silent": False, "store_history": False, "user_expressions": {}, "allow_stdin": False}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell", "buffers": []}
    channels.send(json.dumps(message))
    printed = ""
    while True:
        answer = json.loads(channels.recv())
        if answer["parent_header"].get("msg_id") != request:
            continue
        printed += answer["content"].get("text", "") if answer["msg_type"] == "stream" else ""
        if answer["msg_type"] == "status" and answer["content"]["execution_state"] == "idle":
            return printed.strip()


channels = connected()
run(channels, "kept = 42")
print("ready", flush=True)
for line in sys.stdin:
    if line.startswith("again:"):
        channels = connected()
    print(run(channels, line.removeprefix("again:").strip()), flush=True)
requests.delete(f"{address}{kernel}", headers=login, timeout=60)
