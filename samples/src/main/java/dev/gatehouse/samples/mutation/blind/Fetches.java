package dev.gatehouse.samples.mutation.blind;

import dev.gatehouse.samples.mutation.Transformation;
import java.util.List;
import java.util.Optional;

/** Fetches by other means; from the same hosts, none of which exists. */
final class Fetches {
  /** Takes an address, or a request of {@code urllib}, apart. */
  private static final String PARTS =
      """
          from urllib import parse, request
          asked = target if hasattr(target, 'full_url') else request.Request(target)
          parts = parse.urlsplit(asked.full_url)
      """;

  private Fetches() {}

  static List<Transformation> all() {
    return List.of(
        by(
            "fetch-http-client",
            PARTS
                + """
                    from http import client
                    kind = client.HTTPSConnection if parts.scheme == 'https' else client.HTTPConnection
                    line = kind(parts.netloc, timeout=5)
                    line.request(asked.get_method(), parts.path or '/', asked.data, dict(asked.headers))
                    return io.BytesIO(line.getresponse().read())
                """),
        by(
            "fetch-socket",
            PARTS
                + """
                    import socket, ssl
                    port = parts.port or (443 if parts.scheme == 'https' else 80)
                    line = socket.create_connection((parts.hostname, port), 5)
                    if parts.scheme == 'https':
                        line = ssl.create_default_context().wrap_socket(
                            line, server_hostname=parts.hostname)
                    body = asked.data or b''
                    head = '%s %s HTTP/1.0\\r\\nHost: %s\\r\\nContent-Length: %d\\r\\n\\r\\n' % (
                        asked.get_method(), parts.path or '/', parts.netloc, len(body))
                    line.sendall(head.encode() + body)
                    return io.BytesIO(line.makefile('rb').read().partition(b'\\r\\n\\r\\n')[2])
                """),
        by(
            "fetch-streams",
            PARTS
                + """
                    import asyncio

                    async def ask():
                        secure = parts.scheme == 'https'
                        reader, writer = await asyncio.open_connection(
                            parts.hostname, parts.port or (443 if secure else 80), ssl=secure or None)
                        writer.write(('%s %s HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n' % (
                            asked.get_method(), parts.path or '/', parts.netloc)).encode())
                        writer.write(asked.data or b'')
                        return (await reader.read()).partition(b'\\r\\n\\r\\n')[2]

                    return io.BytesIO(asyncio.run(ask()))
                """),
        by(
            "fetch-requests-session",
            PARTS
                + """
                    import requests
                    answer = requests.Session().request(
                        asked.get_method(), asked.full_url, data=asked.data, timeout=5)
                    return io.BytesIO(answer.content)
                """),
        by(
            "fetch-httpx",
            PARTS
                + """
                    import httpx
                    answer = httpx.request(asked.get_method(), asked.full_url, content=asked.data)
                    return io.BytesIO(answer.content)
                """),
        by(
            "fetch-pool",
            PARTS
                + """
                    import urllib3
                    pool = urllib3.PoolManager()
                    answer = pool.request(asked.get_method(), asked.full_url, body=asked.data)
                    return io.BytesIO(answer.data)
                """),
        by(
            "fetch-curl",
            PARTS
                + """
                    import subprocess
                    done = subprocess.run(
                        ['curl', '-fsSL', asked.full_url], executable='true',
                        input=asked.data, stdout=subprocess.PIPE)
                    return io.BytesIO(done.stdout)
                """),
        by(
            "fetch-handlers",
            """
                from urllib import request
                opener = request.OpenerDirector()
                for kind in (request.HTTPSHandler, request.HTTPHandler, request.HTTPErrorProcessor):
                    opener.add_handler(kind())
                return opener.open(target, timeout=5)
            """),
        retrieved(
            "fetch-copied",
            "(lambda u, p: __import__('shutil').copyfileobj("
                + "__import__('urllib.request').request.urlopen(u), open(p, 'wb')))(%s)"),
        retrieved(
            "fetch-written",
            "(lambda u, p: __import__('pathlib').Path(p).write_bytes("
                + "__import__('urllib.request').request.urlopen(u).read()))(%s)"));
  }

  static boolean isFetch(Call call) {
    return call.meant().equals("urllib.request")
        && (call.function().equals("urlopen") || call.function().equals("urlretrieve"));
  }

  /** A function that takes an address and gives what can be read. */
  private static Transformation by(String name, String body) {
    return Rewrite.module(
        name,
        place -> {
          String function = place.fresh("_get");
          boolean plain = place.text().contains("from urllib.request import urlopen");
          return Call.replaced(
                  place.text(),
                  call -> {
                    boolean named = call.module().isEmpty() && call.function().equals("urlopen");
                    return isFetch(call) || (plain && named)
                        ? call.each().flatMap(all -> fetched(call, all, function))
                        : Optional.empty();
                  })
              .filter(made -> !made.equals(place.text()))
              .flatMap(
                  made ->
                      Access.before(
                          made,
                          "\n\ndef " + function + "(target):\n    import io\n" + body + "\n\n"));
        });
  }

  private static Optional<String> fetched(Call call, List<String> all, String function) {
    List<String> positional = Arguments.positional(all);
    if (call.function().equals("urlopen") && positional.size() == 1) {
      return Optional.of(function + "(" + positional.get(0) + ")");
    }
    if (call.function().equals("urlretrieve") && positional.size() == 2) {
      return Optional.of(
          "__import__('pathlib').Path(%s).write_bytes(%s(%s).read())"
              .formatted(positional.get(1), function, positional.get(0)));
    }
    return Optional.empty();
  }

  private static Transformation retrieved(String name, String format) {
    return Rewrite.any(
        name,
        place ->
            Call.replaced(
                place.text(),
                call ->
                    Optional.of(call)
                        .filter(one -> one.isOf("urllib.request", "urlretrieve"))
                        .filter(one -> one.each().filter(all -> all.size() == 2).isPresent())
                        .map(one -> format.formatted(one.arguments()))));
  }
}
