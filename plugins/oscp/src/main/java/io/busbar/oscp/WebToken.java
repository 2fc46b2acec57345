package io.busbar.oscp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busbar.wire.StrictJson;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A JSON Web Token (RFC 7519) that is signed by HS256, RS256 or ES256, and by nothing else.
 *
 * @param algorithm {@code alg} of its header
 * @param keyId {@code kid} of its header
 * @param claims what it says
 * @param signed what was signed
 * @param signature how
 */
record WebToken(String algorithm, String keyId, JsonNode claims, String signed, byte[] signature) {

  private static final Base64.Decoder BASE64 = Base64.getUrlDecoder();
  private static final Base64.Encoder UNPADDED = Base64.getUrlEncoder().withoutPadding();

  static Optional<WebToken> read(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonNode header = json(parts[0]);
      return Optional.of(
          new WebToken(
              header.path("alg").asText(),
              header.path("kid").asText(),
              json(parts[1]),
              parts[0] + "." + parts[1],
              BASE64.decode(parts[2])));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static JsonNode json(String part) {
    return StrictJson.parse(new String(BASE64.decode(part), StandardCharsets.UTF_8));
  }

  boolean isAsymmetric() {
    return algorithm.equals("RS256") || algorithm.equals("ES256");
  }

  boolean isSignedWith(byte[] secret) {
    return algorithm.equals("HS256") && MessageDigest.isEqual(hmac(secret, signed), signature);
  }

  /** Whether the owner of a key, as a JSON Web Key says it, signed this. */
  boolean isSignedBy(JsonNode key) {
    try {
      Signature check =
          Signature.getInstance(
              algorithm.equals("RS256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
      check.initVerify(publicKey(key));
      check.update(signed.getBytes(StandardCharsets.US_ASCII));
      return check.verify(signature);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private PublicKey publicKey(JsonNode key) throws GeneralSecurityException {
    if (algorithm.equals("RS256")) {
      return KeyFactory.getInstance("RSA")
          .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
    }
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point = new ECPoint(number(key, "x"), number(key, "y"));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger number(JsonNode key, String field) {
    return new BigInteger(1, BASE64.decode(key.path(field).asText()));
  }

  /** A token signed by HS256. */
  static String signed(ObjectNode claims, byte[] secret) {
    String text = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + encoded(claims.toString());
    return text + "." + UNPADDED.encodeToString(hmac(secret, text));
  }

  private static String encoded(String json) {
    return UNPADDED.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hmac(byte[] secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
