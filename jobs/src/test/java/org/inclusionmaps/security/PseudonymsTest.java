package org.inclusionmaps.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Test vectors of HMAC-SHA-256: RFC 4231, sections 4.2 to 4.8. */
class PseudonymsTest {
  private static final byte[] KEY = filled(32, 0x42);

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String hmac(byte[] key, byte[] data) {
    return HexFormat.of().formatHex(Hashes.hmac(key).doFinal(data));
  }

  @Test
  void hmacIsThatOfRfc4231() {
    assertThat(hmac(filled(20, 0x0b), text("Hi There")))
        .isEqualTo("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    assertThat(hmac(text("Jefe"), text("what do ya want for nothing?")))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    assertThat(hmac(filled(20, 0xaa), filled(50, 0xdd)))
        .isEqualTo("773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    assertThat(
            hmac(
                HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f10111213141516171819"),
                filled(50, 0xcd)))
        .isEqualTo("82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
    assertThat(
            hmac(filled(131, 0xaa), text("Test Using Larger Than Block-Size Key - Hash Key First")))
        .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    assertThat(
            hmac(
                filled(131, 0xaa),
                text(
                    "This is a test using a larger than block-size key and a larger than"
                        + " block-size data. The key needs to be hashed before being used by the"
                        + " HMAC algorithm.")))
        .isEqualTo("9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
  }

  @Test
  void theFirst128BitsAreThoseOfRfc4231() {
    assertThat(Pseudonyms.first128Bits(Hashes.hmac(filled(20, 0x0c)), text("Test With Truncation")))
        .isEqualTo("a3b6167473100ee06e0c796c2955552b");
  }

  @Test
  void aPseudonymIsTheHmacOfTheDomainsLengthTheDomainAndTheIdentifier() {
    byte[] message = text("\0\0\0\003sim59171234567");
    assertThat(new Pseudonyms(KEY, "sim").of("59171234567"))
        .isEqualTo(hmac(KEY, message).substring(0, 32));
  }

  @Test
  void isTheSameAgainAndAnotherForAnotherIdentifierDomainOrKey() {
    Pseudonyms sims = new Pseudonyms(KEY, "sim");
    String one = sims.of("59171234567");
    assertThat(sims.of("59171234567")).isEqualTo(one);
    assertThat(sims.of("59171234568")).isNotEqualTo(one);
    assertThat(new Pseudonyms(KEY, "person").of("59171234567")).isNotEqualTo(one);
    assertThat(new Pseudonyms(filled(32, 0x43), "sim").of("59171234567")).isNotEqualTo(one);
    assertThat(new Pseudonyms(KEY, "simx").of("y")).isNotEqualTo(sims.of("xy"));
  }

  @Test
  void telephoneNumbersAreOneHoweverTheyAreWritten() {
    for (String written :
        new String[] {"+591 712-34567", "00591 71234567", "(591) 7123.4567", "59171234567"}) {
      assertThat(PhoneNumbers.international(written, "")).as(written).contains("59171234567");
    }
    for (String written : new String[] {"71234567", "0 712 34567", "+591/71234567"}) {
      assertThat(PhoneNumbers.international(written, "591")).as(written).contains("59171234567");
    }
    for (String none :
        new String[] {"7123x567", "+", "12345", "+1234567890123456", "+0591712345"}) {
      assertThat(PhoneNumbers.international(none, "")).as(none).isEmpty();
    }
  }
}
