"""The addresses of making."""

from django.urls import path

from media_gen.views import (
    albums,
    deciding,
    gallery,
    improving,
    picking,
    several,
    studio,
    telling,
    viewer,
)

app_name = "media_gen"

urlpatterns = [
    path("studio/", studio.studio, name="studio"),
    path("studio/fields/", studio.fields, name="fields"),
    path("studio/make/", studio.make, name="make"),
    path("studio/improve/", improving.improve, name="improve"),
    path("studio/pick/", picking.pick, name="pick"),
    path("studio/jobs/", studio.jobs, name="jobs"),
    path("studio/jobs/<uuid:pk>/cancel/", deciding.cancel, name="cancel"),
    path("studio/jobs/<uuid:pk>/give-up/", deciding.give_up, name="give-up"),
    path("studio/jobs/<uuid:pk>/fetch/", deciding.fetch, name="fetch"),
    path("studio/jobs/<uuid:pk>/about/", telling.about, name="about"),
    path("studio/jobs/<uuid:pk>/again/", studio.again, name="again"),
    path("jobs/", telling.standing, name="standing"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("gallery/rows/", gallery.rows, name="rows"),
    path("gallery/several/", several.several, name="several"),
    path("gallery/zip/", several.zipped, name="zip"),
    path("gallery/albums/", albums.albums, name="albums"),
    path("gallery/albums/<uuid:pk>/", albums.album, name="album"),
    path("gallery/<uuid:pk>/", viewer.one, name="one"),
    path("gallery/<uuid:pk>/star/", viewer.star, name="star"),
    path("gallery/<uuid:pk>/delete/", viewer.delete, name="delete"),
]
