package io.busbar.api.topology;

import java.util.Optional;
import java.util.UUID;

/**
 * Asks to import a site file or to replace the assets of a depot.
 *
 * @param depotId when present, the depot that the text must describe
 * @param name what messages call the text, usually a file name
 * @param text YAML or JSON as {@code site.schema.json} describes it
 * @param actor who asks
 * @param correlationId ties the resulting events together
 */
public record ImportSite(
    Optional<UUID> depotId, String name, String text, String actor, String correlationId) {}
