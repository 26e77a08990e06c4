package dev.gatehouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost.",
        "a.localhost",
        "127.0.0.1",
        "127.0.0.1.",
        "10.1.2.3",
        "[::1]",
        "[fe80::1]",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x8080808",
        "0x7f.1",
        "a.0x1",
        "0177.0.0.1",
        "08.8.8.8",
        "134744072",
        "1.2.3.4.5",
        "example.7"
      })
  void isPrivateOrCannotBeToldFromIt(String host) {
    assertThat(HostText.isPrivate(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pypi.org",
        "pypi.org.",
        "files.pythonhosted.org",
        "localhost.example.com",
        "notlocalhost",
        "8.8.8.8",
        "[2606:4700::1111]",
        "7.example",
        "0x7f.example",
        "xn--nxasmq6b",
        "a0x1"
      })
  void saysNothingAgainstIt(String host) {
    assertThat(HostText.isPrivate(host)).isFalse();
  }
}
