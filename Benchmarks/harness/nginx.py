"""nginx with one worker that returns fixed bytes: the limit that the HTTP figures are held against."""
import contextlib
import pathlib

from processes import children, running, wait_until_answers

CONFIGURATION = """
worker_processes 1;
error_log stderr crit;
pid {work}/nginx.pid;
daemon off;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    server_tokens off;
    keepalive_requests 100000000;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    server {{
        listen 127.0.0.1:{port} backlog=1024;
        location / {{ {headers} default_type {media_type}; return 200 '{body}'; }}
    }}
}}
"""


@contextlib.contextmanager
def nginx(work: pathlib.Path, port: int, answer: "Answer"):
    """Yields the worker's process id. `answer` is a captured answer of ours: nginx returns the same bytes."""
    work.mkdir(parents=True, exist_ok=True)
    quoted = lambda text: text.replace("\\", "\\\\").replace("'", "\\'").replace("$", "${dollar}")
    headers = " ".join(f"add_header {name} '{quoted(value)}';" for name, value in answer.headers)
    configuration = CONFIGURATION.format(
        work=work, port=port, headers=headers, media_type=answer.media_type, body=quoted(answer.body))
    if "${dollar}" in configuration:
        configuration = configuration.replace("server {", "geo $dollar { default '$'; }\n    server {", 1)
    path = work / "nginx.conf"
    path.write_text(configuration)
    with running(["/usr/sbin/nginx", "-c", str(path), "-p", str(work)], log=str(work / "log")) as process:
        wait_until_answers(f"http://127.0.0.1:{port}/", process)
        yield children(process.pid)[0]


class Answer:
    """The head and body of one answer, without what a server adds by itself."""

    OWN = {"date", "content-length", "content-type", "connection", "keep-alive", "server", "transfer-encoding"}

    def __init__(self, response):
        self.body = response.read().decode()
        self.media_type = response.headers.get("Content-Type", "text/plain").split(";")[0]
        self.headers = [(name, value) for name, value in response.headers.items() if name.lower() not in self.OWN]
