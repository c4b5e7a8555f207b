package io.github.dl4jprune.search;

import io.github.dl4jprune.criterion.L1Norm;
import io.github.dl4jprune.mask.AppliedWeightMask;
import io.github.dl4jprune.mask.WeightMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.Budget;
import io.github.dl4jprune.selection.Scope;
import io.github.dl4jprune.selection.SelectionRequest;
import io.github.dl4jprune.selection.WeightSelector;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;

/**
 * Sensitivity to zeroed weights: of each weight tensor of one layer the {@code floor(n S + 1e-9)} values of smallest
 * magnitude are zero while it is measured. What takes part is what {@link WeightSelector} says.
 */
public final class WeightSensitivity implements SensitivityScan {
    private final NetworkView<? extends Model> copy;
    private final WeightSelector selector;
    private final WeightMask nothing;
    private final List<SensitivitySubject> subjects;

    /**
     * A scan.
     *
     * @param network the network, left untouched: the scan works on a copy
     * @throws IllegalArgumentException if the network has no weights that may be pruned
     */
    public WeightSensitivity(NetworkView<? extends Model> network) {
        this.copy = network.copyWithoutListeners();
        this.selector = new WeightSelector(copy);
        this.nothing = WeightMask.none(copy);
        this.subjects = selector.select(SelectionRequest.uniform(0), new L1Norm(), nothing).parameters().stream()
                .map(selection -> selection.parameter().node())
                .distinct()
                .map(layer -> new SensitivitySubject(layer, layer))
                .toList();
    }

    @Override
    public List<SensitivitySubject> subjects() {
        return subjects;
    }

    @Override
    public SensitivityPoint measure(SensitivitySubject subject, double sparsity, QualityMeasure measure) {
        SelectionRequest request = new SelectionRequest(
                OptionalDouble.empty(), Scope.LOCAL, Map.of(subject.layer(), sparsity), Set.of(), 1, Budget.NONE);
        WeightMask mask = selector.select(request, new L1Norm(), nothing).mask();
        AppliedWeightMask<? extends Model> applied = mask.applyTo(copy.model());
        try {
            return new SensitivityPoint(subject, sparsity, measure.of(applied.network()));
        } finally {
            applied.undo();
        }
    }
}
