package io.busbar.capability;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A wire to a port, that can be cut without a word. */
final class Wire {

  private final List<NetSocket> ends = new CopyOnWriteArrayList<>();
  private final NetServer server;

  Wire(Vertx vertx, int to) {
    this.server =
        vertx
            .createNetServer()
            .connectHandler(
                near -> {
                  near.pause();
                  vertx
                      .createNetClient()
                      .connect(to, "127.0.0.1")
                      .onFailure(e -> near.close())
                      .onSuccess(far -> join(near, far));
                });
    Depot.get(server.listen(0, "127.0.0.1"));
  }

  private void join(NetSocket near, NetSocket far) {
    ends.addAll(List.of(near, far));
    near.closeHandler(gone -> far.close());
    far.closeHandler(gone -> near.close());
    far.handler(near::write);
    near.handler(far::write).resume();
  }

  int port() {
    return server.actualPort();
  }

  void cut() {
    ends.forEach(NetSocket::close);
    ends.clear();
  }
}
