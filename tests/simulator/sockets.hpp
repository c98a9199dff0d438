#pragma once

namespace simulator {

/// What httplib does not offer: this process's connections, found among its open files.

/// Resets the connection to the client at this port of the loopback.
void reset_connection(int client_port);

/// Ends all connections, so that nobody waits on one any more.
void shut_connections();

} // namespace simulator
