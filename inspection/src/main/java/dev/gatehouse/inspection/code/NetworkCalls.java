package dev.gatehouse.inspection.code;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What talks to other machines. */
final class NetworkCalls {
  private static final Set<String> SENDERS =
      Set.of(
          "post",
          "put",
          "patch",
          "send",
          "sendall",
          "sendto",
          "sendmail",
          "send_message",
          "send_json",
          "send_bytes",
          "send_str",
          "write",
          "storbinary",
          "storlines",
          "upload",
          "upload_file",
          "upload_fileobj",
          "put_object",
          "publish",
          "putfo",
          "endheaders",
          "sendfile");
  private static final Set<String> REQUESTS =
      Set.of(
          "get",
          "request",
          "urlopen",
          "retrieve",
          "open",
          "stream",
          "fetch",
          "connect",
          "recv",
          "connect_ex",
          "getresponse",
          "read",
          "head",
          "options",
          "delete",
          "create_connection",
          "retrbinary",
          "login",
          "makefile",
          "resolve",
          "query",
          "exec_command");
  private static final Set<String> READERS =
      Set.of(
          "readline",
          "readlines",
          "readinto",
          "recvfrom",
          "recv_into",
          "iter_content",
          "iter_lines",
          "iter_bytes",
          "iter_text",
          "json",
          "text",
          "content",
          "decode",
          "__enter__",
          "__aenter__",
          "read_text",
          "getfile",
          "exec");
  private static final Set<String> CONNECTIONS =
      Set.of(
          "socket.socket",
          "socket.create_connection",
          "ssl.wrap_socket",
          "http.client.HTTPConnection",
          "http.client.HTTPSConnection",
          "requests.Session",
          "requests.session",
          "requests.sessions.Session",
          "httpx.Client",
          "httpx.AsyncClient",
          "aiohttp.ClientSession",
          "urllib3.PoolManager",
          "urllib3.HTTPSConnectionPool",
          "urllib3.HTTPConnectionPool",
          "urllib.request.build_opener",
          "urllib.request.OpenerDirector",
          "urllib.request.URLopener",
          "urllib.request.FancyURLopener",
          "ftplib.FTP",
          "ftplib.FTP_TLS",
          "smtplib.SMTP",
          "smtplib.SMTP_SSL",
          "telnetlib.Telnet",
          "paramiko.SSHClient",
          "websocket.WebSocket",
          "websocket.create_connection",
          "websockets.connect",
          "xmlrpc.client.ServerProxy",
          "dns.resolver.Resolver",
          "asyncio.open_connection",
          "pycurl.Curl",
          "imaplib.IMAP4_SSL",
          "nntplib.NNTP",
          "paho.mqtt.client.Client",
          "boto3.client",
          "boto3.resource",
          "socketio.Client");

  private NetworkCalls() {}

  /** Whether a method gives what came over a connection. */
  static boolean isReading(Value self, String name) {
    return self.marks().has(Mark.CONNECTION)
        && (REQUESTS.contains(name) || SENDERS.contains(name) || READERS.contains(name));
  }

  /** The classes whose objects talk to other machines. */
  static Set<String> connections() {
    return CONNECTIONS;
  }

  static boolean isConnection(String name) {
    return CONNECTIONS.contains(name);
  }

  static void addTo(Map<String, KnownCalls.KnownCall> calls) {
    for (String library :
        new String[] {"requests", "httpx", "requests.api", "urllib3", "aiohttp"}) {
      for (String verb : new String[] {"get", "head", "delete", "options", "stream"}) {
        calls.put(library + "." + verb, NetworkCalls::request);
      }
      for (String verb : new String[] {"post", "put", "patch"}) {
        calls.put(library + "." + verb, NetworkCalls::send);
      }
      calls.put(library + ".request", NetworkCalls::request);
    }
    calls.put("urllib.request.urlopen", NetworkCalls::open);
    calls.put("urllib.request.Request", NetworkCalls::prepared);
    calls.put("urllib.request.urlretrieve", NetworkCalls::retrieve);
    calls.put("wget.download", NetworkCalls::retrieve);
    calls.put("torch.hub.download_url_to_file", NetworkCalls::retrieve);
    calls.put("tornado.httpclient.HTTPClient", _ -> Value.unknown(Marks.of(Mark.CONNECTION)));
    calls.put("webbrowser.open", in -> in.unknown());
    for (String name : new String[] {"socket.socket", "socket.socketpair"}) {
      calls.put(name, _ -> Value.unknown(Marks.of(Mark.CONNECTION)));
    }
    for (String name :
        new String[] {
          "socket.create_connection",
          "asyncio.open_connection",
          "websocket.create_connection",
          "websockets.connect"
        }) {
      calls.put(
          name,
          in -> {
            in.note(Fact.CONNECTS);
            return Value.unknown(Marks.of(Mark.CONNECTION));
          });
    }
    for (String name :
        new String[] {
          "socket.gethostbyname",
          "socket.getaddrinfo",
          "socket.gethostbyname_ex",
          "dns.resolver.resolve",
          "dns.resolver.query"
        }) {
      calls.put(
          name,
          in -> {
            sent(in, in.marks(), false);
            return Value.unknown(in.marks().and(Mark.FETCHED));
          });
    }
  }

  private static Value request(Invocation in) {
    in.note(Fact.CONNECTS);
    boolean sends = isPost(in.argument(0)) || hasBody(in);
    in.note(sends ? Fact.SENDS : Fact.FETCHES);
    sent(in, in.marks(), sends);
    return Value.unknown(in.marks().without(Mark.DECODED).and(Mark.FETCHED).and(Mark.CONNECTION));
  }

  private static Value open(Invocation in) {
    in.note(Fact.CONNECTS);
    Value body = in.argument(1, "data");
    boolean sends = !(body instanceof Value.None) && !body.equals(Value.UNKNOWN);
    in.note(sends ? Fact.SENDS : Fact.FETCHES);
    sent(in, in.marks(), sends);
    return Value.unknown(in.marks().without(Mark.DECODED).and(Mark.FETCHED).and(Mark.CONNECTION));
  }

  private static boolean isPost(Value method) {
    String verb = Value.shown(method).toUpperCase(Locale.ROOT);
    return verb.equals("POST") || verb.equals("PUT") || verb.equals("PATCH");
  }

  private static boolean hasBody(Invocation in) {
    for (String name : new String[] {"data", "json", "files", "body", "content"}) {
      Value body = in.named().get(name);
      if (body != null && !(body instanceof Value.None)) {
        return true;
      }
    }
    return false;
  }

  private static Value send(Invocation in) {
    in.note(Fact.CONNECTS);
    in.note(Fact.SENDS);
    sent(in, in.marks(), true);
    return Value.unknown(Marks.of(Mark.FETCHED, Mark.CONNECTION));
  }

  /** A request that is not made yet carries what it will send. */
  private static Value prepared(Invocation in) {
    boolean body = in.arguments().size() > 1 || hasBody(in) || isPost(in.named("method"));
    if (body) {
      in.note(Fact.SENDS);
    }
    sent(in, in.marks(), body);
    Value.Instance request =
        new Value.Instance(new Value.Type("Request", List.of(), new Scope(null)));
    request.attributes().put("full_url", in.argument(0, "url"));
    request.attributes().put("data", in.argument(1, "data"));
    return request.with(in.marks());
  }

  private static Value retrieve(Invocation in) {
    in.note(Fact.CONNECTS);
    in.note(Fact.FETCHES);
    in.note(Fact.WRITES);
    in.note(Fact.WRITES_FETCHED);
    Value path = in.argument(1, "filename");
    if (path instanceof Value.Text text) {
      in.evaluator().program().addFetched(text.text());
    }
    return Value.Items.of(
        new java.util.ArrayList<>(
            java.util.List.of(path.with(Marks.of(Mark.FETCHED)), Value.UNKNOWN)));
  }

  /**
   * Notes what leaves.
   *
   * @param asBody whether it is sent as such; in the address of a request, much that is harmless
   *     comes from the environment
   */
  private static void sent(Invocation in, Marks marks, boolean asBody) {
    if (marks.has(Mark.SECRET)) {
      in.note(Fact.SENDS_SECRET);
    }
    if (marks.has(Mark.ENVIRONMENT) && (asBody || in.evaluator().interpreter().isAutomatic())) {
      in.note(Fact.SENDS_ENVIRONMENT);
    }
  }

  /** Methods of what talks to other machines, or may. */
  static void method(Value self, String name, Invocation in) {
    boolean connection = self.marks().has(Mark.CONNECTION);
    Marks marks = in.marks();
    if (SENDERS.contains(name)) {
      boolean stolen = marks.has(Mark.SECRET) || marks.has(Mark.ENVIRONMENT);
      if (connection) {
        in.note(Fact.CONNECTS);
        in.note(Fact.SENDS);
        sent(in, marks, true);
      } else if (stolen && !name.equals("write") && !name.equals("put") && !name.equals("send")) {
        in.note(Fact.SENDS);
        sent(in, marks, true);
      }
    } else if (connection && REQUESTS.contains(name)) {
      in.note(Fact.CONNECTS);
      boolean sends = isPost(in.argument(0)) || hasBody(in);
      in.note(sends ? Fact.SENDS : Fact.FETCHES);
      sent(in, marks, sends);
    }
  }
}
