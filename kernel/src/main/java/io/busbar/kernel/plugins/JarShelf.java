package io.busbar.kernel.plugins;

import io.busbar.api.BusbarPlugin;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
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

  private static final String UNUSABLE =
      "; expected a public class that implements BusbarPlugin, has a public constructor without"
          + " parameters, and whose classes are in the jar or lent by the kernel";

  JarShelf() {
    super(List.of());
  }

  /**
   * Loads a jar, none of its classes yet.
   *
   * @throws BadPlugin if that does not work, saying why
   */
  SharingClassLoader take(PluginJar jar) {
    try {
      loadPlugin(jar.file());
      startPlugin(jar.id());
      return loaderOf(jar.id());
    } catch (PluginRuntimeException e) {
      throw new BadPlugin(jar.name() + ": cannot be loaded: " + e.getMessage(), e);
    }
  }

  /**
   * Makes the entry point of a jar that was taken; runs the plugin's code for the first time.
   *
   * @throws BadPlugin if that does not work, saying why
   */
  BusbarPlugin entry(PluginJar jar) {
    List<Class<? extends BusbarPlugin>> found = getExtensionClasses(BusbarPlugin.class, jar.id());
    try {
      if (found.size() == 1) {
        return found.getFirst().getConstructor().newInstance();
      }
    } catch (InvocationTargetException e) {
      throw new BadPlugin(jar.name() + ": its entry point threw " + e.getCause(), e);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new BadPlugin(jar.name() + ": its entry point cannot be made: " + e + UNUSABLE, e);
    }
    throw new BadPlugin(jar.name() + ": its entry point cannot be loaded" + UNUSABLE);
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
    ServicesFile finder = new ServicesFile(this);
    addPluginStateListener(finder);
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
