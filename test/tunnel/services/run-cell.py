"""Starts a kernel on the Jupyter at argv[1], runs the cell in argv[2] and prints what it printed. The token is stdin."""

import json
import sys
import uuid

import requests
import websocket

address, cell = sys.argv[1:]
login = {"Authorization": f"token {sys.stdin.read().strip()}"}


def main() -> None:
    refused = requests.get(f"{address}/api/status", timeout=30)
    print("without token:", refused.status_code)
    started = requests.post(f"{address}/api/kernels", headers=login, json={"name": "python3"}, timeout=60)
    started.raise_for_status()
    kernel = f"/api/kernels/{started.json()['id']}"
    channels = websocket.create_connection(f"{address.replace('http', 'ws', 1)}{kernel}/channels", header=login, timeout=60)
    print("cell:", output_of(channels))
    channels.close()
    requests.delete(f"{address}{kernel}", headers=login, timeout=60).raise_for_status()


def output_of(channels: websocket.WebSocket) -> str:
    """The messaging protocol: our request's output is over when the kernel is idle again."""
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


main()
