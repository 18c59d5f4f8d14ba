"""A kernel on a real Jupyter, used over its websocket as a notebook does."""

import json
import uuid

import requests
import websocket


class Kernel:
    """Started on the Jupyter at `address` with a token."""

    def __init__(self, address: str, token: str) -> None:
        self.login = {"Authorization": f"token {token}"}
        started = requests.post(f"{address}/api/kernels", headers=self.login, json={"name": "python3"}, timeout=60)
        started.raise_for_status()
        self.url = f"{address}/api/kernels/{started.json()['id']}"
        self.connect()

    def connect(self) -> None:
        """Over a new websocket; the old one is left alone."""
        channels = f"{self.url.replace('http', 'ws', 1)}/channels"
        self.channels = websocket.create_connection(channels, header=self.login, timeout=60)

    def run(self, cell: str) -> str:
        """What a cell prints. The messaging protocol: a request's output is over when the kernel is idle again."""
        request = uuid.uuid4().hex
        header = {"msg_id": request, "msg_type": "execute_request", "username": "test", "session": request, "version": "5.3"}
        content = {"code": cell, "silent": False, "store_history": False, "user_expressions": {}, "allow_stdin": False}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell", "buffers": []}
        self.channels.send(json.dumps(message))
        printed = ""
        while True:
            answer = json.loads(self.channels.recv())
            if answer["parent_header"].get("msg_id") != request:
                continue
            printed += answer["content"].get("text", "") if answer["msg_type"] == "stream" else ""
            if answer["msg_type"] == "status" and answer["content"]["execution_state"] == "idle":
                return printed.strip()

    def end(self) -> None:
        self.channels.close()
        requests.delete(self.url, headers=self.login, timeout=60).raise_for_status()
