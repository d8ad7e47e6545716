package dev.adjoint.plan;

import dev.adjoint.bilinear.MinimalFilter;

/** An axis along which a correlation is computed by minimal filters. */
sealed interface FilterAxis permits TileAxis, TileSumAxis {
    MinimalFilter filter();

    /** What the filter takes; known before it is made. */
    int products();
}
