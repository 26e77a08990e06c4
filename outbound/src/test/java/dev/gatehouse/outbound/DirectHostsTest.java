package dev.gatehouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectHostsTest {
  @ParameterizedTest
  @CsvSource({
    "example.com, example.com",
    "example.com, a.example.com",
    ".example.com, a.example.com",
    ".example.com, example.com",
    "*.example.com, a.b.example.com",
    "' Example.COM ', example.com",
    "*, anything.test",
    "example.com:8080, example.com",
    "192.0.2.7, 192.0.2.7",
    "192.0.2.0/24, 192.0.2.255",
    "2001:db8::/32, [2001:db8::7]",
    "2001:db8::7, [2001:db8::7]",
    "[2001:db8::7], [2001:db8:0::7]",
    "[2001:db8::7]:8080, [2001:db8::7]",
    "'other.test,,example.com', example.com"
  })
  void areThoseThatTheListMeans(String list, String host) {
    assertThat(new DirectHosts(list).contain(host, 8080)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'', example.com",
    "example.com, notexample.com",
    "example.com, example.com.evil.test",
    "example.com:443, example.com",
    "192.0.2.7, 192.0.2.70",
    "2.0.2.7, 192.2.0.2.7.test",
    "192.0.2.0/24, 192.0.3.0",
    "192.0.2.0/24, 192.0.2.example.com",
    "192.0.2.0/99, 192.0.2.1",
    "192.0.2.0/x, 192.0.2.1",
    "/, example.com",
    "[2001:db8::7]:443, [2001:db8::7]"
  })
  void areNoOthers(String list, String host) {
    assertThat(new DirectHosts(list).contain(host, 8080)).isFalse();
  }

  @Test
  void alwaysHaveThisMachineAmongThem() {
    DirectHosts none = new DirectHosts("");
    assertThat(none.contain("localhost", 80)).isTrue();
    assertThat(none.contain("127.0.0.9", 80)).isTrue();
    assertThat(none.contain("[::1]", 80)).isTrue();
    assertThat(none.contain("localhost.example.com", 80)).isFalse();
  }
}
