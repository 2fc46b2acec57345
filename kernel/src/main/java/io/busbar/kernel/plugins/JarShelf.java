package io.busbar.kernel.plugins;

import io.busbar.api.BusbarPlugin;
import java.nio.file.Path;
import java.util.List;
import org.pf4j.DefaultExtensionFinder;
import org.pf4j.DefaultPluginManager;
import org.pf4j.ExtensionFinder;
import org.pf4j.JarPluginLoader;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRuntimeException;

/** PF4J as we use it: jars only, entry points by services file, our class loader. */
final class JarShelf extends DefaultPluginManager {

  JarShelf() {
    super(List.of());
  }

  /**
   * Loads a jar and makes its entry point.
   *
   * @throws BadPlugin if that does not work, saying why
   */
  BusbarPlugin take(PluginJar jar) {
    try {
      loadPlugin(jar.file());
      startPlugin(jar.id());
      List<BusbarPlugin> entries = getExtensions(BusbarPlugin.class, jar.id());
      if (entries.size() != 1) {
        throw new BadPlugin(
            "%s: expected exactly one usable entry point, found %d; is it public with a public"
                    .formatted(jar.file().getFileName(), entries.size())
                + " constructor, and does it implement BusbarPlugin?");
      }
      return entries.getFirst();
    } catch (PluginRuntimeException | LinkageError e) {
      throw new BadPlugin(jar.file().getFileName() + ": cannot be loaded: " + e.getMessage(), e);
    }
  }

  SharingClassLoader loaderOf(String id) {
    return (SharingClassLoader) getPluginClassLoader(id);
  }

  /** Lets go of a jar and all its classes. */
  void putBack(String id) {
    if (getPlugin(id) != null) {
      unloadPlugin(id);
    }
  }

  @Override
  protected PluginDescriptorFinder createPluginDescriptorFinder() {
    return new ManifestPluginDescriptorFinder();
  }

  @Override
  protected ExtensionFinder createExtensionFinder() {
    DefaultExtensionFinder finder = new DefaultExtensionFinder(this);
    finder.addServiceProviderExtensionFinder();
    return finder;
  }

  @Override
  protected PluginLoader createPluginLoader() {
    return new JarPluginLoader(this) {
      @Override
      public ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
        SharingClassLoader loader =
            new SharingClassLoader(JarShelf.this, descriptor, BusbarPlugin.class.getClassLoader());
        loader.addFile(path.toFile());
        return loader;
      }
    };
  }
}
