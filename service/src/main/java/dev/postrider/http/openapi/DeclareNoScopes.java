package dev.postrider.http.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jspecify.annotations.Nullable;

/** An OAuth flow must have a list of scopes, even an empty one, which no annotation gives. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class DeclareNoScopes implements OASFilter {
    @Override
    public @Nullable SecurityScheme filterSecurityScheme(SecurityScheme scheme) {
        if (scheme.getFlows() != null && scheme.getFlows().getPassword() != null) {
            scheme.getFlows().getPassword().setScopes(Map.of());
        }
        return scheme;
    }
}
