"""What goes into the wheel: two packages that stand beside the library in a checkout are in it when installed."""

from setuptools import find_packages, setup

BESIDE = ("crawler", "pipelines")

setup(
    packages=[
        *find_packages(include=["winnow", "winnow.*"]),
        *(f"winnow.{name}" for name in find_packages(include=[*BESIDE, *(f"{name}.*" for name in BESIDE)])),
    ],
    package_dir={f"winnow.{name}": name for name in BESIDE},
)
