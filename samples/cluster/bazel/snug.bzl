"""snug as an aspect: one action a source, so that remote execution and remote caches come with it.

    bazel build //... --aspects=//:snug.bzl%snug_scan --output_groups=snug
    find -L bazel-bin/ -name '*.snug' -print0 | xargs -0 snug check --root .

The program snug is found in PATH (--action_env=PATH), also on the machines that execute remotely.
"""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "C_COMPILE_ACTION_NAME", "CPP_COMPILE_ACTION_NAME")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")

_CPP = ["cc", "cpp", "cxx", "c++", "C"]

def _flags_of(ctx, context, is_c):
    """The compiler and the words that it gets, as Bazel's own compile action has them."""
    toolchain = find_cpp_toolchain(ctx)
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        unsupported_features = ctx.disabled_features,
    )
    cpp = ctx.fragments.cpp
    action = C_COMPILE_ACTION_NAME if is_c else CPP_COMPILE_ACTION_NAME
    variables = cc_common.create_compile_variables(
        feature_configuration = features,
        cc_toolchain = toolchain,
        user_compile_flags = cpp.copts + (cpp.conlyopts if is_c else cpp.cxxopts) + getattr(ctx.rule.attr, "copts", []),
        include_directories = context.includes,
        quote_include_directories = context.quote_includes,
        system_include_directories = context.system_includes,
        preprocessor_defines = depset(transitive = [context.defines, context.local_defines]),
    )
    return toolchain, cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = action,
        variables = variables,
    )

def _snug_scan_impl(target, ctx):
    parts = []
    if CcInfo in target and hasattr(ctx.rule.files, "srcs"):
        context = target[CcInfo].compilation_context
        for source in ctx.rule.files.srcs:
            if source.extension not in _CPP + ["c"]:
                continue
            toolchain, flags = _flags_of(ctx, context, source.extension == "c")
            part = ctx.actions.declare_file("{}.{}.snug".format(target.label.name, source.basename))
            arguments = ctx.actions.args()
            arguments.add_all(["scan", "--root", ".", "--cache", "off", "--keep-going", "-j", "1", "-o", part, source, "--"])
            arguments.add_all(flags)
            ctx.actions.run_shell(
                mnemonic = "SnugScan",
                progress_message = "Scanning {}".format(source.short_path),
                command = 'exec snug "$@"',
                arguments = [arguments],
                inputs = depset([source], transitive = [context.headers, toolchain.all_files]),
                outputs = [part],
                use_default_shell_env = True,
            )
            parts.append(part)
    below = [
        dep[OutputGroupInfo].snug
        for dep in getattr(ctx.rule.attr, "deps", [])
        if OutputGroupInfo in dep and hasattr(dep[OutputGroupInfo], "snug")
    ]
    return [OutputGroupInfo(snug = depset(parts, transitive = below))]

snug_scan = aspect(
    implementation = _snug_scan_impl,
    attr_aspects = ["deps"],
    attrs = {"_cc_toolchain": attr.label(default = Label("@bazel_tools//tools/cpp:current_cc_toolchain"))},
    fragments = ["cpp"],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)
