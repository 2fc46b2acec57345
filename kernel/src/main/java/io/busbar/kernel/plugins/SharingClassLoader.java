package io.busbar.kernel.plugins;

import java.net.URL;
import java.util.List;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * Loads a plugin's classes from its own jar first, except what it shares with everybody: the API,
 * and the libraries that the kernel lends. The kernel's own classes are out of sight.
 */
final class SharingClassLoader extends PluginClassLoader {

  private static final List<String> KERNEL_ONLY =
      List.of(
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "org.pf4j.",
          "io.busbar.api.",
          "com.fasterxml.jackson.",
          "org.slf4j.");

  private static final List<String> KERNEL_FIRST =
      List.of(
          "io.vertx.",
          "io.netty.",
          "io.busbar.wire.",
          "io.busbar.documents.",
          "io.busbar.store.",
          "io.busbar.modbus.",
          "com.ghgande.j2mod.",
          "org.flywaydb.",
          "org.postgresql.",
          "com.networknt.",
          "org.snakeyaml.",
          "io.micrometer.");

  private static final String HIDDEN = "io.busbar.kernel.";

  SharingClassLoader(PluginManager manager, PluginDescriptor descriptor, ClassLoader parent) {
    super(manager, descriptor, parent);
  }

  @Override
  public Class<?> loadClass(String name) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      if (name.startsWith(HIDDEN)) {
        throw new ClassNotFoundException(name + " belongs to the kernel");
      }
      if (startsWithAny(name, KERNEL_ONLY)) {
        return getParent().loadClass(name);
      }
      return startsWithAny(name, KERNEL_FIRST) ? kernelFirst(name) : pluginFirst(name);
    }
  }

  private Class<?> kernelFirst(String name) throws ClassNotFoundException {
    try {
      return getParent().loadClass(name);
    } catch (ClassNotFoundException e) {
      return findClass(name);
    }
  }

  private Class<?> pluginFirst(String name) throws ClassNotFoundException {
    try {
      return findClass(name);
    } catch (ClassNotFoundException e) {
      return getParent().loadClass(name);
    }
  }

  /** A resource of the plugin's own jar, never of the kernel. */
  URL own(String resource) {
    return findResource(resource);
  }

  private static boolean startsWithAny(String name, List<String> prefixes) {
    return prefixes.stream().anyMatch(name::startsWith);
  }
}
