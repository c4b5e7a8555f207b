package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.listeners.PruningListener;
import io.github.dl4jprune.live.LiveView;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;

/** The page on which a training run can be watched, if one was asked for. */
record TrainWatch(Optional<LiveView> view) implements AutoCloseable {
    /** Without a page. */
    static final TrainWatch NONE = new TrainWatch(Optional.empty());

    /**
     * Opens the page, if there is a port for it.
     *
     * @param port 0: any that is free; null: no page
     * @param say told where the page is
     */
    static TrainWatch on(@Nullable Integer port, Consumer<String> say) {
        if (port == null) {
            return NONE;
        }
        LiveView view = LiveView.on(port);
        say.accept("live view at " + view.address());
        return new TrainWatch(Optional.of(view));
    }

    /** What attaches a pruning listener, and then shows it. */
    BiConsumer<PruningListener, Model> attaching(BiConsumer<PruningListener, Model> attach) {
        return view.map(page -> attach.andThen((listener, network) -> {
                    page.watch(listener);
                    network.addListeners(page.listener());
                }))
                .orElse(attach);
    }

    /** Shows an accuracy, and hands it on. */
    double validated(double accuracy) {
        if (accuracy >= 0) { // NaN where there is no data for it
            view.ifPresent(page -> page.accuracy(accuracy));
        }
        return accuracy;
    }

    @Override
    public void close() {
        view.ifPresent(LiveView::close);
    }
}
