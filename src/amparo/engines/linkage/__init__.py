"""Record linkage: fold, block, compare, weigh, gate, cluster and explain."""
