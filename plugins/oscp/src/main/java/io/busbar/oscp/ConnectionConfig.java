package io.busbar.oscp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Settings of one connection.
 *
 * @param id identity
 * @param name for people
 * @param profile the partner's rules
 * @param partnerUrl base URL of the partner, where it is known beforehand
 * @param initialToken what the partner shows at its first register
 * @param outboundToken what this side shows at its first register, where it begins
 * @param initiate whether this side registers first
 * @param allowedHosts private hosts that may be called
 * @param headers sent with every message, by name
 * @param paths other last parts of paths, by action
 * @param inbound how the partner's bearer tokens are checked
 * @param outbound where bearer tokens for the partner come from
 * @param groups what the partner steers
 */
record ConnectionConfig(
    String id,
    String name,
    Profile profile,
    Optional<String> partnerUrl,
    Optional<String> initialToken,
    Optional<String> outboundToken,
    boolean initiate,
    Set<String> allowedHosts,
    Map<String, String> headers,
    Map<Action, String> paths,
    Optional<Inbound> inbound,
    Optional<Outbound> outbound,
    List<GroupBinding> groups) {

  /**
   * What a partner's bearer token has to say.
   *
   * @param issuer who issued it
   * @param audience for whom
   * @param subject the partner's client id
   * @param keysUrl where the issuer's keys are; empty for tokens of our own token endpoint
   * @param clientSecret what the partner shows at our token endpoint
   */
  record Inbound(
      String issuer,
      String audience,
      String subject,
      Optional<String> keysUrl,
      Optional<String> clientSecret) {}

  /**
   * Where bearer tokens for the partner come from.
   *
   * @param tokenUrl token endpoint
   * @param clientId our name there
   * @param clientSecret what we show there
   * @param scope asked for; empty for none
   * @param audience asked for; empty for none
   * @param basic whether client id and secret go as a Basic header, else as form fields
   * @param headersOnTokenCalls whether the static headers are sent there, too
   */
  record Outbound(
      String tokenUrl,
      String clientId,
      String clientSecret,
      Optional<String> scope,
      Optional<String> audience,
      boolean basic,
      boolean headersOnTokenCalls) {}

  /**
   * A part of a site that the partner steers as one.
   *
   * @param groupId the partner's name for it
   * @param microgridId the microgrid
   * @param nodeId the node that forecasts bound, and below which energy is summed
   * @param controlPointId the source of its envelopes; found or made when absent
   * @param assetId what asset measurements call it
   */
  record GroupBinding(
      String groupId,
      UUID microgridId,
      UUID nodeId,
      Optional<UUID> controlPointId,
      String assetId) {}

  Optional<GroupBinding> group(String groupId) {
    return groups.stream().filter(group -> group.groupId().equals(groupId)).findFirst();
  }

  @Override
  public String toString() {
    return "connection %s (%s)".formatted(id, profile.name());
  }
}
