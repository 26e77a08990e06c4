package dev.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.10, 192.0.2.10",
    "10.0.0.0/8, 10.255.255.255",
    "10.1.128.0/17, 10.1.200.1",
    "0.0.0.0/0, 203.0.113.9",
    "2001:db8::/32, 2001:db8:ffff::1",
    "::1, ::1"
  })
  void containsItsAddresses(String range, String address) {
    assertThat(AddressRange.parse(range).contains(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.10, 192.0.2.11",
    "10.0.0.0/8, 11.0.0.0",
    "10.1.128.0/17, 10.1.127.255",
    "2001:db8::/32, 2001:db9::1",
    "0.0.0.0/0, ::1",
    "::/0, 127.0.0.1"
  })
  void containsNoOthers(String range, String address) {
    assertThat(AddressRange.parse(range).contains(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "example.com", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "/8"})
  void refusesWhatIsNoAddress(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse(text));
  }
}
