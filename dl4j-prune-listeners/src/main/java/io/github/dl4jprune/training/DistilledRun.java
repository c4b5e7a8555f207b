package io.github.dl4jprune.training;

import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** Gives a network the loss of its teacher, if it has one, for as long as it trains, and its own whenever it is saved. */
final class DistilledRun {
    private final Optional<Distillation> distillation;
    private @Nullable OutputHead head;
    private @Nullable ILossFunction own;

    DistilledRun(Optional<Distillation> distillation) {
        this.distillation = distillation;
    }

    void begin(Model student) {
        distillation.ifPresent(teacher -> {
            head = OutputHead.of(Network.of(student));
            own = teacher.begin(head);
        });
    }

    void end() {
        if (distillation.isPresent()) {
            Objects.requireNonNull(head).replaceLoss(Objects.requireNonNull(own));
        }
    }

    TrainingCheckpoint keepingOwnLoss(TrainingCheckpoint checkpoint) {
        return (network, iterations, position) -> {
            end();
            checkpoint.save(network, iterations, position);
            begin(network);
        };
    }

    TrainingBatches taught(TrainingBatches batches) {
        return distillation
                .map(Distillation::opinion)
                .<TrainingBatches>map(opinion -> new TrainingBatches() {
                    @Override
                    public int perEpoch() {
                        return batches.perEpoch();
                    }

                    @Override
                    public DataSetIterator from(int epoch, int batch) {
                        return new TaughtIterator(batches.from(epoch, batch), opinion);
                    }
                })
                .orElse(batches);
    }
}
