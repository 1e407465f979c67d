package org.inclusionmaps.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/** Signatures by Ed25519, from keys of a credential provider. Source: RFC 8032. */
public final class Signatures {
  private static final String ED25519 = "Ed25519";
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";

  private Signatures() {}

  /**
   * The signature of some bytes, 64 bytes. The same bytes and key give the same.
   *
   * @param provider address of the credential provider
   * @param alias the key's name there
   */
  public static byte[] sign(Configuration hadoop, String provider, String alias, byte[] what) {
    try {
      Signature signature = Signature.getInstance(ED25519);
      signature.initSign(pair(Keys.read(hadoop, provider, alias)).getPrivate());
      signature.update(what);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK from 15 on has Ed25519", e);
    }
  }

  /** The public key that belongs to a key, as a PEM file (RFC 7468, X.509 SubjectPublicKeyInfo). */
  public static String publicKey(Configuration hadoop, String provider, String alias) {
    byte[] encoded = pair(Keys.read(hadoop, provider, alias)).getPublic().getEncoded();
    return BEGIN + "\n" + Base64.getEncoder().encodeToString(encoded) + "\n" + END + "\n";
  }

  /**
   * Whether a signature is of some bytes, by the owner of a public key.
   *
   * @param pem text of a PEM file
   * @param signature in base64
   * @throws InclusionException {@link ErrorCode#SETTINGS_WRONG} if it is no such key
   */
  public static boolean verifies(String pem, byte[] what, String signature) {
    PublicKey key = parse(pem);
    try {
      Signature verifier = Signature.getInstance(ED25519);
      verifier.initVerify(key);
      verifier.update(what);
      return verifier.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false; // no signature at all
    }
  }

  private static PublicKey parse(String pem) {
    try {
      int begin = pem.indexOf(BEGIN);
      int end = pem.indexOf(END);
      byte[] encoded =
          Base64.getMimeDecoder()
              .decode(
                  pem.substring(begin + BEGIN.length(), end).getBytes(StandardCharsets.US_ASCII));
      return KeyFactory.getInstance(ED25519).generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "this is no public key of Ed25519 in PEM; `inclusion key --signing` prints one",
          e);
    }
  }

  /** The key pair of a seed: the generator takes the seed from its source of randomness. */
  private static KeyPair pair(byte[] seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(ED25519);
      generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK from 15 on has Ed25519", e);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** Gives one key's bytes where a generator asks for random ones. */
  @SuppressWarnings("serial") // it is never serialised
  private static final class Seed extends SecureRandom {
    private final byte[] seed;

    Seed(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException("Ed25519 asks for 32 bytes, not " + bytes.length);
      }
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
