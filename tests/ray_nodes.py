"""A Ray cluster on this machine until standard input ends: a head without processors, and two nodes with one each."""

from __future__ import annotations

import sys
from importlib import import_module


def main() -> None:
    """Start the nodes, print the address, and wait for the end of standard input."""
    cluster = import_module("ray.cluster_utils").Cluster(
        initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False}
    )
    for _ in range(2):
        cluster.add_node(num_cpus=1)
    print(cluster.address, flush=True)
    sys.stdin.read()
    cluster.shutdown()


if __name__ == "__main__":
    main()
