"""Trees that LightGBM trained, as the ONNX model that ``pipeline.context.forest`` runs.

ONNX is the exchange format for trained models (operator ``ai.onnx.ml.TreeEnsembleRegressor``). Its thresholds are single
precision, LightGBM's are double: each is rounded down, which keeps ``x <= threshold`` the same for every single-precision x.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np


def stored_forest(booster: Any, features: Sequence[str], classes: Sequence[str]) -> bytes:
    """A LightGBM booster → the stored form that ``forest.forest_from`` reads, without the features that no tree asks for.

    ``features`` names the booster's columns in order, ``classes`` what it chooses from (empty for a ranker). Equal boosters
    give equal bytes. Needs the ``train`` extra.
    """
    from onnx import TensorProto, helper

    outputs = max(1, len(classes))
    roots = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    asked = sorted({node["split_feature"] for root in roots for node in _nodes(root) if "split_feature" in node})
    column = {old: new for new, old in enumerate(asked)}
    attributes: Any = _attributes(roots, column, outputs)
    trees = helper.make_node(
        "TreeEnsembleRegressor",
        inputs=["features"],
        outputs=["scores"],
        domain="ai.onnx.ml",
        n_targets=outputs,
        aggregate_function="SUM",
        post_transform="NONE",
        **attributes,
    )
    graph = helper.make_graph(
        [trees],
        "forest",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, len(asked)])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [None, outputs])],
    )
    opsets = [helper.make_opsetid("ai.onnx.ml", 3), helper.make_opsetid("", 18)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="factledger")
    helper.set_model_props(
        model, {"features": json.dumps([features[old] for old in asked]), "classes": json.dumps(list(classes))}
    )
    return gzip.compress(model.SerializeToString(deterministic=True), mtime=0)


def _nodes(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield node
    for side in ("left_child", "right_child"):
        if side in node:
            yield from _nodes(node[side])


def _attributes(roots: Sequence[Mapping[str, Any]], column: Mapping[int, int], outputs: int) -> dict[str, list[Any]]:
    """The operator's parallel lists, one item a node or a leaf; LightGBM grows one tree for each output in turn."""
    nodes: dict[str, list[Any]] = {
        f"nodes_{name}": [] for name in ("treeids", "nodeids", "featureids", "modes", "values", "truenodeids", "falsenodeids")
    }
    leaves: dict[str, list[Any]] = {f"target_{name}": [] for name in ("treeids", "nodeids", "ids", "weights")}
    for tree, root in enumerate(roots):
        listed = list(_nodes(root))
        number = {id(node): place for place, node in enumerate(listed)}
        for place, node in enumerate(listed):
            leaf = "leaf_value" in node
            if leaf:
                row = (tree, place, 0, "LEAF", 0.0, 0, 0)
                for name, value in zip(leaves, (tree, place, tree % outputs, node["leaf_value"]), strict=True):
                    leaves[name].append(value)
            else:
                if node["decision_type"] != "<=":
                    raise ValueError(f"A split of type {node['decision_type']!r}; only '<=' (numbers) can be stored.")
                sides = (number[id(node["left_child"])], number[id(node["right_child"])])
                row = (tree, place, column[node["split_feature"]], "BRANCH_LEQ", _single(node["threshold"]), *sides)
            for name, value in zip(nodes, row, strict=True):
                nodes[name].append(value)
    return {**nodes, **leaves}


def _single(threshold: float) -> float:
    """The greatest single-precision number that is not above ``threshold``."""
    near = np.float32(threshold)
    return float(near if float(near) <= threshold else np.nextafter(near, np.float32(-np.inf)))
