package dev.gatehouse.inspection.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ZstdStreamTest {
  /** What {@link #lines} gives, through {@code zstd -19}: one block, all kinds of tables. */
  private static final String LINES =
      """
      KLUv/QRoFRYAykB8BxLAVzpgRGT8v0BKKVNKiVVxHBZ2AHEAcQBC1Aa3Kc1XOuXJG6SKXFLINpB9NnqiVWSG0TC7FC
      tDRO7xYWmXMMr1OTErs26X9EuRQevHaXHBB8XUAk1Lm6HXLIQiI3f9hEMvzDhdbcYcWXOLiDVWnFFxt1Dd8sgolXPn
      LTIPq2RuCwARDgZCBAGDECGgYIAgQ3MxNzPpZbpJfT6xPfxXnWHVnHNcm3LFY0ynklYuJKPhSLiIRGbmXzoiLYFUVH
      FwQrnUO/FsIfwD1T8VoYtPnsdZeRXRfvH9t/p5A/F7iz7xh5Q36ZAf9RlzXCP+erqJbtlSr6bRFWXn1uTw1ASpCjUj
      W1jbb2xf3oaUbhFeuUkdthXHiY3jigXZpNhsnZhURxJj1PIYlcqmkjYW4yZbbFQRi4urHDSq6WOKp0m549fMymWarF
      WekzUn6YrxclQgsRRNdUT0SoeEagr1Mj6N5phawpLvlRRiKKNQv4LG0taQjQBjn8ozUQ15q33GC6p4Unfu9f3YC1xN
      vX9O9MLYmle8hBcjtOqkwlI3mjxdTUS61kLvgmVzR5e33dwTdtWidRMmoxPfLy5uIuK6DYej/iJcbOhcKXFzG7rKza
      UmJzKrcazbwRUnVVug9rRFy1FFgbioIRglX38DYV9SSAcRcAY5SSE7B8Bf+Rx1qJMenfJCEaHLEUibS5geUwRdbq+t
      p70aHxxMTE5WpnYzdQGKwfkpmOVX5x9nt+SoNIPRiVAlHoqF/pmpESIYArbSV8sm3sx4GjRMMboKmRg8FBY5XAYXph
      CkSVpaNAjBoBoEQ5pIhY7JrMnIICoMwRgTb3ABhTlKzmkIBet5UffHBjUhK2l8r0cDek326NAxm71eTBWJzoyn4TKA
      w8YgNExUliYaiZakptWXsG5VD2LmmGXGXC9MLJO8VSyblo1tm+y0CqyGRXI=
      """;

  /** What {@link #pairs} gives, through {@code zstd -19}: two blocks. */
  private static final String PAIRS =
      """
      KLUv/QRoFBQAik2sCAuwtQNmXa7gzAQ3AoUAiQCGAKUFg9azZlKGWQnBjE6ajTkzKmVW/EzoWdlZMGZlyYRBVgQyKk
      k25sjoFFkJL5PSsp6VBUNWsz4Rhq9K8JGQvjHnI8pX5z8x/bXsF4yvwgqA7JEpXpn35LRXYb1geC2rEzN0dYKOSO1I
      KF2V70Torma7njUpw0oIRidtzBmVsuIn9MouGAFjTjsSSrsq306Eblez7YLRrmdFJ2WIroQgOjopujEnOioluuKjE7
      rRBSO6smrCUCuCGpVUG3NqdEqthK9J6VrP1oJRq1lhIgxhVYIwElLYmBNGlLA6Hyamw1o2LBhhFVYABDbmgJEpYGUe
      TE6DVViwYIC1LJqYgVYnoBGJNubQSCi0Kk8ToWk1Aw0NDQ0NoaGhIRQUFBQUFBQUFIBSqUSlUqlUok6n0+l0Pu50wZ
      iuLOmEQboikI5Kkm7MkY5Oka6El05KS9ez0gVDupr1ToThXZXgHQnp3Zjzjijv6vw7Mf2uZd8F412F5U7O4K5M4I5M
      cjfmuCNT3JV5d3LaXYV1Fwx3LaudmKFdnaAdkdoF85mZkcvlcrlcLpfL/////////9/3fd/3fd/3+77v+77v+z4ej8
      fj8Xg8Hq8ql8vlcrnKwcHBwSE4ODgEAwMDAwMDAwMDYDKZyGQymUzk8Xg8Hs/MjFgsFovFYrFYfN/3fd/3fd+2bdu2
      bdu2Xdd1Xdd1XdfhcDgcDofD4XBVtVqtVqtVAYDXqBGg6Pk/lQwHwBXSGhAoH/PD2IUM5cVPl8UCYlh3fVlQs0kuL8
      ExYdVp23JRQNSV3mGKw7iDUSVuz4DJVoCttm+Bw9YjtdvJUV3+aJleckkFnAYAJlkqCrBVB0ZIiuwPc04tACEAKgCG
      YRiGYRiGYQhhYWFhYWEhDAwMDAyAgYEBsFqtVqvVarWq0WhEo9FoNKK9914kSeTu7v6vqqqqqjrnnHPOOec4juM4ju
      M4iqIoiqIoihKyLMuyLMtxHMdxHMdxHEIwGAwGgyEIBAKBAAgEAmBZlmVZlmWVJEkkSQY1TRNN0zRN9P///+/u7u7u
      vvfee++99zzP8zzP8zzLcoDXnBAoHwAFeAGgO0FFp4QCEAxCik0JBSAYBBWdEgpAMAgpNmUTAZwGAJaYKQuwNwckk7
      pbDU50BCsAJgAlAAaDQSAQCAQCgUAgUBRFURRFURSrampqampqqoaGhoaGaGhoiOZ5nud5nue7u/uqqqqq6jiO4zgz
      M8PhcDgcDofDoVAoFAqFQqFQGAwGg8FgCHvvvffe+733YDAYDAbLsizLsizLclVZlmVZVkmSJEkkSRK5uwG/937vvf
      fee7/3fu+993vvvff/v/fee7/33vu99wGA1+zg9w0TJaUBAAACoMSGUMryDaAdBCk2SigAQUFQolOCAhAMghSHdAHU
      BABWlxkF4OmLg4UVABMAGQDb1ra2bdvWtrZtbdtWBSAiIgIREQNb27a2tW3btra1bWvbtqpq27YWmZmZzMxMZiYzMz
      Mzk5nJzMxkZmYmSaptC0lmZmYyMzOZmczMzMxMZiYzM5OZmZkkSTKA16gg0gfg9zcSyL////9/Bhfm6Ul9hZdt/N8x
      K1iZrSrL2pUt/u+YFazMVpUlgKgBTQAAAAEA9VWw/xoIPTFA1w==
      """;

  private static String lines() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      text.append("line %d of %d is %d\n".formatted(i, i * i % 97, i * i * i % 1009));
    }
    return text.toString();
  }

  private static String pairs() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append("%d,%d\n".formatted(i % 1000, i * i % 50));
    }
    return text.toString();
  }

  private static byte[] sample(String base64) {
    return Base64.getMimeDecoder().decode(base64);
  }

  private static String unpacked(byte[] zstd) throws IOException {
    try (ZstdStream in = new ZstdStream(new ChannelBytes(new MemoryChannel(zstd)))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** A frame of one block, of 1 KiB of window, without a checksum. */
  private static byte[] frame(int kind, int size, byte... content) {
    ByteBuffer frame = ByteBuffer.allocate(9 + content.length).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(0xfd2fb528).put((byte) 0).put((byte) 0x50);
    int header = 1 | kind << 1 | size << 3;
    frame.put((byte) header).put((byte) (header >> 8)).put((byte) (header >> 16)).put(content);
    return frame.array();
  }

  @Test
  void unpacksWhatZstdPacked() throws IOException {
    assertThat(unpacked(sample(LINES))).isEqualTo(lines());
    assertThat(unpacked(sample(PAIRS))).isEqualTo(pairs());
  }

  @Test
  void unpacksPlainAndRepeatedBlocks() throws IOException {
    assertThat(unpacked(frame(0, 3, (byte) 'a', (byte) 'b', (byte) 'c'))).isEqualTo("abc");
    assertThat(unpacked(frame(1, 5, (byte) 'a'))).isEqualTo("aaaaa");
  }

  @Test
  void unpacksFramesBehindOneAnotherAndPassesOverThoseOfOthers() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(frame(1, 2, (byte) 'a'));
    out.writeBytes(new byte[] {0x5a, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9});
    out.writeBytes(sample(LINES));
    assertThat(unpacked(out.toByteArray())).isEqualTo("aa" + lines());
  }

  @Test
  void refusesWhatFollows() {
    byte[] frame = frame(1, 2, (byte) 'a');
    assertThatThrownBy(() -> unpacked(Arrays.copyOf(frame, frame.length + 4)))
        .isInstanceOfSatisfying(
            BrokenException.class, e -> assertThat(e.rule()).isEqualTo(ArchiveRules.AMBIGUOUS));
  }

  @Test
  void refusesAWindowThatIsTooLarge() {
    byte[] frame = frame(1, 2, (byte) 'a');
    frame[5] = (byte) 0xff;
    assertThatThrownBy(() -> unpacked(frame)).isInstanceOf(LimitException.class);
  }

  @Test
  void refusesABlockLargerThanItsWindow() {
    assertThatThrownBy(() -> unpacked(frame(1, 1 << 20, (byte) 'a')))
        .isInstanceOf(BrokenException.class);
  }

  @Test
  void isReadAsACompressedTar() {
    byte[] tar = Arrays.copyOf(new TarSample().file("a", "x").bytesWithoutEnd(), 1024);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(frame(0, tar.length, tar));
    out.writeBytes(frame(1, 1024, (byte) 0));
    Read read = Read.of(out.toByteArray(), ArchiveFormat.TAR_ZSTD);
    assertThat(read.isSilent()).isTrue();
    assertThat(read.files()).containsEntry("a", "x");
  }

  @Test
  void neverGivesOtherBytesSilently() {
    byte[] honest = sample(LINES);
    for (int bit = 0; bit < 8 * honest.length; bit += 3) {
      byte[] flipped = honest.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertSame(flipped, bit);
    }
    for (int length = 1; length < honest.length; length += 7) {
      byte[] cut = Arrays.copyOf(honest, length);
      assertThatThrownBy(() -> unpacked(cut)).isInstanceOf(Exception.class);
    }
  }

  /** Reads it as an archive, which turns whatever the damage does into findings. */
  private static void assertSame(byte[] flipped, int bit) {
    assertThat(Read.of(flipped, ArchiveFormat.TAR_ZSTD).isSilent()).as("bit %d", bit).isFalse();
    String text;
    try {
      text = unpacked(flipped);
    } catch (IOException | RuntimeException e) {
      return;
    }
    assertThat(text).as("bit %d", bit).isEqualTo(lines());
  }
}
