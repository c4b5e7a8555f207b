package io.github.dl4jprune.randomnetworks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What may come next, and when. */
final class Moves {
    private record Move(Predicate<Flow> fits, UnaryOperator<Flow> apply) {}

    private final List<Move> moves = new ArrayList<>();

    Moves add(UnaryOperator<Flow> apply) {
        return add(flow -> true, apply);
    }

    Moves add(Predicate<Flow> fits, UnaryOperator<Flow> apply) {
        moves.add(new Move(fits, apply));
        return this;
    }

    /** One that fits, each as likely as the other. */
    Flow any(Flow in, Choices choices) {
        List<Move> fitting = moves.stream().filter(move -> move.fits().test(in)).toList();
        return choices.oneOf(fitting).apply().apply(in);
    }
}
