package io.busbar.wire;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.util.ArrayList;
import java.util.List;

/** Lets a sealed interface say which of its records it is, without annotations on the records. */
final class SealedTypes extends JacksonAnnotationIntrospector {

  private static final long serialVersionUID = 1L;

  @Override
  public TypeResolverBuilder<?> findTypeResolver(
      MapperConfig<?> config, AnnotatedClass annotated, JavaType baseType) {
    return sealedAncestor(annotated.getRawType()) == null
        ? super.findTypeResolver(config, annotated, baseType)
        : new StdTypeResolverBuilder()
            .init(JsonTypeInfo.Id.NAME, null)
            .inclusion(JsonTypeInfo.As.PROPERTY)
            .typeProperty("type");
  }

  @Override
  public List<NamedType> findSubtypes(Annotated annotated) {
    Class<?> sealed = sealedAncestor(annotated.getRawType());
    if (sealed == null) {
      return super.findSubtypes(annotated);
    }
    List<NamedType> types = new ArrayList<>();
    for (Class<?> form : sealed.getPermittedSubclasses()) {
      types.add(new NamedType(form, name(form)));
    }
    return types;
  }

  @Override
  public String findTypeName(AnnotatedClass annotated) {
    return sealedAncestor(annotated.getRawType()) == null
        ? super.findTypeName(annotated)
        : name(annotated.getRawType());
  }

  private static String name(Class<?> form) {
    return PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(form.getSimpleName());
  }

  private static Class<?> sealedAncestor(Class<?> type) {
    if (type.isSealed() && type.isInterface()) {
      return type;
    }
    for (Class<?> parent : type.getInterfaces()) {
      if (parent.isSealed()) {
        return parent;
      }
    }
    return null;
  }
}
